"""The Docker network has another driver than Calico's.

A network of the promised name exists, but another driver (`bridge`, `overlay`) or another address driver
made it. Docker's "already exists" says nothing about that: it comes for any network of the name. Containers
on it get no address of the pool and no Calico policy.

Example:
    10.0.0.7.json: network-other-driver: the Docker network 'web' has the driver 'bridge', not 'calico'

Find out who uses that network, remove it by its id (`docker network rm ID`), and run the generated scripts
again; or generate the Calico network under another name.
"""

from calico_core.legible import quoted
from calico_core.rules import Findings, error
from calico_migrate.network.promise import DRIVER, IPAM_DRIVER
from calico_migrate.network.verifying.subjects import NetworkSeen

RULE = error(
    __name__,
    source="dcos/dcos packages/calico/extra/create-calico-docker-network.py:394 (calico and calico-ipam)",
)


def check(seen: NetworkSeen) -> Findings:
    """Whether the network and its addresses come from Calico's drivers."""
    promise, network = seen
    for what, found, wanted in (
        ("driver", network.driver, DRIVER),
        ("address driver (IPAM)", network.ipam_driver, IPAM_DRIVER),
    ):
        if found != wanted:
            yield RULE.finding(
                f"the Docker network {quoted(promise.network)} has the {what} {quoted(found)},"
                f" not {quoted(wanted)}",
                hint=f"remove it by its id (docker network rm {network.id[:64]}) once nothing uses it,"
                " then run the generated scripts again; or choose another name",
            )
            return
