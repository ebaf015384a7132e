"""More than 80 % of a pool's blocks are in use.

As the nodes' routes show it. When all are taken, nodes borrow single addresses, and new nodes get none.

Example:
    13 of 16 blocks of pool 172.29.0.0/22 are in use

Add a second pool before that.
"""

from calico_core.words import counted
from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.undecided import Reason, UndecidedError
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.estate.surroundings import used_blocks
from calico_migrate.diagnose.judgement import Findings, warning

RULE = warning(
    __name__,
    source="projectcalico/calico issue 7382; libcalico-go lib/ipam/ipam.go",
    lists=True,
    causes=("pool-blocks-too-few",),
)


def check(estate: Estate) -> Findings:
    """The blocks of each pool that are seen in routes."""
    pools = [pool for pool in estate.enabled_pools if pool.for_all_nodes and pool.mode == estate.mode]
    if not any(machine.has(names.IP_ROUTE) for machine in estate.machines):
        raise UndecidedError(names.IP_ROUTE, Reason.ABSENT)
    for pool in pools:
        used = used_blocks(estate, pool)
        if used > 0.8 * pool.blocks and pool.blocks >= len(estate.machines):
            yield RULE.found(
                f"{used} of {counted(pool.blocks, 'block')} of pool {pool.name} ({pool.net}) are in use",
                estate.about_pool(pool),
                hint="add a second pool before they are all taken",
            )
