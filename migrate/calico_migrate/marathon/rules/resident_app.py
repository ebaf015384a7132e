"""A service with persistent volumes restarts in its place.

Changing the network of a resident service is allowed, but its instances are tied to their agents: the old
one is killed before the new one starts there, and if the agent is lost the deployment waits for ever.

Example:
    "container": {"volumes": [{"persistent": {"size": 100}, "containerPath": "data", "mode": "RW"}]}

Plan a short outage of each instance, and check before that all agents with reservations are healthy and have
the new network.
"""

from collections.abc import Mapping
from typing import Any

from calico_core.json.pointers import Path
from calico_core.rules import Findings, warning
from calico_migrate.marathon.parsed.marks import Mark
from calico_migrate.marathon.subject import Subject

RULE = warning(
    __name__,
    source="mesosphere/marathon AppDefinition.scala:664-711, PodsValidation.scala:305-386,"
    " AppConversion.scala:493-507",
)
WATCHES = (Mark.VOLUMES,)


def check(subject: Subject) -> Findings:
    """An app or pod that moves and has persistent volumes."""
    if subject.moved and subject.kind in ("app", "pod"):
        path = persistent_volume(subject.value)
        if path is not None:
            yield subject.finding(
                RULE,
                path,
                "each instance is stopped and started again on its own agent, beside its volume",
                hint="plan a short outage, and check that these agents are healthy and have the network",
            )


def persistent_volume(value: Mapping[str, Any]) -> Path | None:
    """The path of what makes a service resident, None where it is not."""
    if isinstance(value.get("residency"), dict):
        return ("residency",)
    container = value.get("container")
    places: list[tuple[Path, object]] = [(("volumes",), value.get("volumes"))]
    if isinstance(container, dict):
        places.append((("container", "volumes"), container.get("volumes")))
    for path, volumes in places:
        for index, volume in enumerate(volumes if isinstance(volumes, list) else ()):
            if isinstance(volume, dict) and isinstance(volume.get("persistent"), dict):
                return (*path, index, "persistent")
    return None
