"""A route that is not Calico's lies inside a pool.

A network of the site or of the cloud has addresses of the pool. The more exact route wins, so that
containers in that part are not reached from this node.

Example:
    172.29.128.0/20 via 10.0.1.254 dev eth0

Take the route away, or give Calico another pool.
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.undecided import UndecidedError
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.judgement import Findings, warning

RULE = warning(
    __name__, source="Calico 3.14 documentation, IPPool (no overlap with other networks)", lists=True
)


def check(estate: Estate) -> Findings:
    """The routes of every node that are neither the tunnel's nor a container's."""
    for machine in estate.machines:
        try:
            routes = machine.routes
        except UndecidedError as undecided:
            yield RULE.open(machine.address, undecided.reason, undecided.item)
            continue
        for route in routes:
            if route.device.startswith(("cali", "vxlan.calico", "tunl")) or route.protocol in (
                "bird",
                "kernel",
            ):
                continue
            pool = next((pool for pool in estate.pools if route.net.within(pool.net)), None)
            if pool is not None:
                yield RULE.found(
                    f"the route to {route.net} lies inside pool {pool.name} and is not Calico's",
                    machine.evidence(names.IP_ROUTE, route.line, route.text),
                    hint="take the route away, or give Calico another pool",
                    node=machine.address,
                )
