"""A pool has fewer blocks than there are nodes.

Every node, masters too, takes a block for its tunnel address. Those that come last get none, borrow single
addresses, or do not start at all.

Example:
    pool 172.29.0.0/24 has 4 blocks for 8 nodes

Add a larger pool of the same mode, and restart dcos-calico-felix on the nodes without a tunnel address.
"""

from calico_core.words import counted
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.estate.expected import living_nodes
from calico_migrate.diagnose.judgement import Findings, error

RULE = error(
    __name__, source="projectcalico/cni-plugin issue 920; projectcalico/calico issues 5088, 7382", lists=True
)


def check(estate: Estate) -> Findings:
    """The blocks of all pools that every node may use, against the nodes."""
    pools = [pool for pool in estate.enabled_pools if pool.for_all_nodes and pool.mode == estate.mode]
    nodes = max(len(estate.machines), len(living_nodes(estate)))
    blocks = sum(pool.blocks for pool in pools)
    if pools and blocks < nodes:
        pool = pools[0]
        yield RULE.found(
            f"pool {pool.name} ({pool.net}) has {counted(blocks, 'block')} for {counted(nodes, 'node')}",
            estate.about_pool(pool),
            hint="add a larger pool of the same mode, and restart dcos-calico-felix where the tunnel"
            " address is missing",
        )
