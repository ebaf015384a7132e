"""The Docker network has another subnet than the pool.

The subnet of a Calico network is the CIDR of its IP pool, exactly: the plugin finds the pool by it. With
another subnet the containers get addresses of another pool, or none at all. A network that was made with
an empty `--subnet` shows `none`; Docker accepts that, and no container starts on it.

Example:
    10.0.0.7.json: network-other-subnet: the Docker network 'web' has the subnet 10.2.0.0/16, not 10.1.0.0/16

Remove the network by its id once no container uses it, then run the generated scripts again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.findings import Severity
from calico_core.legible import legible, quoted
from calico_core.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calico_core.findings import Finding
    from calico_migrate.network.promise import Promise
    from calico_migrate.network.verifying.inspection import DockerNetwork

RULE = Rule(
    __name__,
    Severity.ERROR,
    source="mesosphere/libnetwork-plugin v1.1.3-2-d2iq driver/ipam_driver.go:92 (the pool's CIDR)",
)


def check(promise: Promise, network: DockerNetwork) -> Iterator[Finding]:
    """Whether the network has exactly the pool's CIDR."""
    if network.subnets != (promise.cidr,):
        yield RULE.finding(
            f"the Docker network {quoted(promise.network)} has the subnet {legible(network.subnet)},"
            f" not {promise.cidr}",
            hint=f"remove it by its id (docker network rm {network.id[:64]}) once nothing uses it,"
            " then run the generated scripts again",
        )
