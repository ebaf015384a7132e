"""A network name that Marathon ignores.

With `docker.network` BRIDGE or HOST the app is on the bridge or on the host, whatever
`ipAddress.networkName` says. The name is dead text; it stays.

Example:
    "container": {"docker": {"network": "BRIDGE"}},
    "ipAddress": {"networkName": "dcos"}

Nothing has to be done for the migration. If the app was meant to be on the network, use `networks`.
"""

from calico_core.rules import Findings, info
from calico_migrate.marathon.parsed.marks import Mark
from calico_migrate.marathon.subject import Subject

RULE = info(__name__, source="mesosphere/marathon AppNormalization.scala:381-427")
WATCHES = (Mark.DEAD_ADDRESS,)


def check(subject: Subject) -> Findings:
    """An ipAddress that names a mapped network beside docker.network BRIDGE or HOST."""
    address = subject.value.get("ipAddress")
    if subject.kind != "app" or not isinstance(address, dict):
        return
    name, network = address.get("networkName"), subject.record.docker_network
    if isinstance(name, str) and name in subject.network_map.names and network in ("BRIDGE", "HOST"):
        yield subject.finding(
            RULE,
            ("ipAddress", "networkName"),
            f"Marathon ignores this name, because docker.network is {network}; it stays as it is",
            hint="nothing has to be done, unless the app was meant to be on the network",
        )
