"""The Docker network has another subnet than the pool.

The subnet of a Calico network is the CIDR of its IP pool, exactly: the plugin finds the pool by it. With
another subnet the containers get addresses of another pool, or none at all. A network that was made with
an empty `--subnet` shows `none`; Docker accepts that, and no container starts on it.

Example:
    10.0.0.7.json: network-other-subnet: the Docker network 'web' has the subnet 10.2.0.0/16, not 10.1.0.0/16

Remove the network by its id once no container uses it, then run the generated scripts again.
"""

from calico_core.legible import legible, quoted
from calico_core.rules import Findings, error
from calico_migrate.network.verifying.subjects import NetworkSeen

RULE = error(
    __name__, source="mesosphere/libnetwork-plugin v1.1.3-2-d2iq driver/ipam_driver.go:92 (the pool's CIDR)"
)


def check(seen: NetworkSeen) -> Findings:
    """Whether the network has exactly the pool's CIDR."""
    promise, network = seen
    if seen.is_calicos and network.subnets != (promise.cidr,):
        yield RULE.finding(
            f"the Docker network {quoted(promise.network)} has the subnet {legible(network.subnet)},"
            f" not {promise.cidr}",
            hint=f"remove it by its id (docker network rm {network.id[:64]}) once nothing uses it,"
            " then run the generated scripts again",
        )
