"""A block belongs to two nodes.

Routes name two owners of one block, or a node is sent elsewhere for its own block. Packets for containers
of the one arrive at the other.

Example:
    172.29.22.0/26 is with 10.0.1.22 for 10.0.1.21, and with 10.0.1.23 for 10.0.1.24

Restart dcos-calico-felix (and dcos-calico-bird) on the nodes that name different owners; then look at
`calicoctl ipam show --show-blocks`.
"""

from calico_core.words import listed
from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.estate.estate import Block, Estate
from calico_migrate.diagnose.judgement import Findings, error
from calico_migrate.diagnose.parsing.nets import Net

RULE = error(
    __name__, source="projectcalico/node issue 1032", lists=True, causes=("stale-node", "node-address-twice")
)


def check(estate: Estate) -> Findings:
    """The owners that all nodes' routes name."""
    owners: dict[Net, dict[str, Block]] = {}
    places = {node.name: place for place, node in estate.by_machine.items()}
    for block in estate.blocks:
        if block.net.prefix < 32:
            owners.setdefault(block.net, {}).setdefault(block.owner, block)
    own_blocks = {
        net: node.name for node in estate.nodes for net in estate.blocks_by_owner.get(node.name, ())
    }
    for net, by_owner in owners.items():
        if len(by_owner) > 1 and net in own_blocks:
            yield RULE.found(
                f"block {net} belongs to {listed(sorted(by_owner))} at once",
                *(
                    block.teller.evidence(names.IP_ROUTE, block.route.line, block.route.text)
                    for block in by_owner.values()
                ),
                hint="restart dcos-calico-felix on the nodes that name different owners, then look at"
                " `calicoctl ipam show --show-blocks`",
                nodes=sorted(places.get(owner, owner) for owner in by_owner),
            )
