"""A pool that Docker uses has lost the annotation that ties it to its network.

The plugin finds a network's pool by the annotation `org.projectcalico.label.network.ID`. `calicoctl apply`
and `replace` of a pool wipe it. Containers that run go on, new ones do not start.

Example:
    IPPool default-ipv4-ippool has no annotations, and Docker containers have addresses of it

Read the network's id (`docker network inspect calico`), and write it back with `calicoctl patch ippool`.
"""

from calico_migrate.calico.annotations import NETWORK_ID_ANNOTATION
from calico_migrate.diagnose.bundle.undecided import UndecidedError
from calico_migrate.diagnose.estate import calico
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.estate.workloads import Definition
from calico_migrate.diagnose.judgement import Findings, error

RULE = error(
    __name__,
    source="mesosphere/libnetwork-plugin v1.1.3-2-d2iq driver/network_driver.go:172-202; calicoctl"
    " resourcemgr/resourcemgr.go:586-600",
    lists=True,
)


def check(estate: Estate) -> Findings:
    """Pools with Docker endpoints, or with Docker apps on their network."""
    using = {
        pool.name
        for endpoint in estate.endpoints
        if endpoint.runtime == "docker"
        for address in endpoint.addresses
        if (pool := estate.pool_of(address)) is not None
    }
    apps: dict[str, Definition] = {}
    try:
        for definition in estate.workloads.apps:
            if definition.workload.runtime == "docker":
                for network in definition.workload.networks:
                    apps.setdefault(calico.DEFAULT_POOL if network == "calico" else network, definition)
    except UndecidedError:
        if not using:
            raise
    for pool in estate.enabled_pools:
        if pool.annotations.get(NETWORK_ID_ANNOTATION) or (pool.name not in using and pool.name not in apps):
            continue
        app = apps.get(pool.name)
        yield RULE.found(
            f"pool {pool.name} has lost the annotation with its Docker network's id",
            estate.about_pool(pool, "annotations"),
            *([app.evidence()] if app is not None else []),
            hint="read the id with `docker network inspect`, and write it back with `calicoctl patch ippool`",
        )
