"""A node has no route to a block of another node.

Felix writes one for each block of the others, by way of their tunnel addresses. Without it containers of
the one never reach those of the other.

Example:
    10.0.1.21 has no route to 172.29.22.0/26 of 10.0.1.22

Restart dcos-calico-felix on the node without the route; see that the other one has a tunnel address.
"""

from calico_core.words import counted, listed
from calico_migrate.diagnose.estate import pairs
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.judgement import Findings, error

RULE = error(
    __name__,
    source="projectcalico/felix v3.14.0 calc/l3_route_resolver.go:445-475",
    needs="vxlan",
    lists=True,
    causes=("tunnel-address-missing", "felix-not-running", "calico-node-missing", "tunnel-device-wrong",
            "node-address-twice", "felix-hung"),
)  # fmt: skip

_HINT = "restart dcos-calico-felix on the node without the route; see that the other one has a tunnel address"


def check(estate: Estate) -> Findings:
    """All pairs of nodes."""
    if estate.mode != "vxlan":
        return
    found = pairs.missing_routes(estate)
    for machine, undecided in found.undecided:
        yield RULE.open(machine, undecided.reason, undecided.item)
    for bundle in pairs.grouped(found.missing, estate):
        if bundle.everywhere:
            message = f"{counted(len(bundle.pairs), 'other node')} have no route to its blocks"
        elif bundle.alone:
            message = "it has no route to the blocks of the other nodes"
        else:
            message = f"{listed(bundle.sources)} has no route to {listed(bundle.targets)}"
        yield RULE.found(message, *bundle.evidence, hint=_HINT, node=bundle.node, nodes=bundle.nodes)
