"""Whether the pools have addresses and blocks for what is left.

Every task that moves takes an address; while a deployment replaces tasks, it may take two.

Example:
    214 tasks are left on the overlay, 65,000 addresses are free

Add a pool before the rest moves, where the answer is no.
"""

from calico_core.words import counted
from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.undecided import UndecidedError
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.estate.migration import progress
from calico_migrate.diagnose.judgement import Findings, info

RULE = info(__name__, source="libcalico-go lib/ipam/ipam.go (blocks)", lists=True)


def check(estate: Estate) -> Findings:
    """The free addresses of the enabled pools against the tasks on the overlay."""
    pools = estate.enabled_pools
    found = progress(estate)
    if found is None:
        raise UndecidedError(names.APPS, estate.workloads.why_no_apps())
    if not pools or found.enough is None or not found.needed:
        return
    free = sum(pool.free for pool in found.pools)
    pool = pools[0]
    yield RULE.found(
        f"{counted(found.needed, 'task')} {'is' if found.needed == 1 else 'are'} left on the overlay,"
        f" and the pools"
        f" have {counted(free, 'free address', 'free addresses')}" + ("" if found.enough else ": not enough"),
        estate.about_pool(pool),
        hint="there is room for the rest" if found.enough else "add a pool before the rest moves",
    )
