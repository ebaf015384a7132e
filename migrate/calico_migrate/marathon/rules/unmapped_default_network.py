"""A container network without a name stands for a network that the map does not have.

An unnamed container network is the cluster's default (`--default-network`, `dcos` unless said otherwise).
The map has no new name for it, so that the definition stays as it is.

Example:
    calico-migrate marathon --map backend=calico app.json    with
    "networks": [{"mode": "container"}]

Add the default network to the map if the definition is to move.
"""

from calico_core.rules import Findings, warning
from calico_migrate.marathon.parsed.marks import Mark
from calico_migrate.marathon.subject import Subject

RULE = warning(__name__, source="mesosphere/marathon NetworkConf.scala:23-28")
WATCHES = (Mark.UNNAMED,)


def check(subject: Subject) -> Findings:
    """Each unnamed attachment where the default network is not mapped."""
    if subject.network_map.default_becomes is not None:
        return
    for attachment in subject.planned.attachments:
        if attachment.name is None:
            name = subject.network_map.default_network
            yield subject.finding(
                RULE,
                attachment.entry or ("container", "docker", "network"),
                f"this unnamed network stands for {name}, which the map does not have; it stays as it is",
                hint=f"add --map {name}=NEW if the definition is to move",
            )
