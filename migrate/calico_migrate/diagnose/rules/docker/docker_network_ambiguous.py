"""Two pools name one Docker network.

The plugin takes the first one that it finds, so that containers get addresses of either.

Example:
    IPPools default-ipv4-ippool and extra both have network.ID 8f0f7d7c…

Take the annotation away from the pool that is not the network's subnet: `calicoctl patch ippool`.
"""

from calico_core.words import listed
from calico_migrate.calico.annotations import NETWORK_ID_ANNOTATION
from calico_migrate.diagnose.estate import calico
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.judgement import Findings, error

RULE = error(
    __name__, source="mesosphere/libnetwork-plugin v1.1.3-2-d2iq driver/network_driver.go:314-335", lists=True
)


def check(estate: Estate) -> Findings:
    """The networks' ids in the pools' annotations."""
    owners: dict[str, list[calico.Pool]] = {}
    for pool in estate.pools:
        network = pool.annotations.get(NETWORK_ID_ANNOTATION)
        if network:
            owners.setdefault(network, []).append(pool)
    for network, pools in owners.items():
        if len(pools) > 1:
            yield RULE.found(
                f"pools {listed([pool.name for pool in pools])} name one Docker network, {network[:12]}",
                *(estate.about_pool(pool, NETWORK_ID_ANNOTATION) for pool in pools),
                hint="take the annotation away from the pool that is not the network's subnet",
            )
