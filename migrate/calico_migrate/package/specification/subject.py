"""What the rules of service specifications look at: a pod, or one network of a pod, in one rendering."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_core.yaml.nodes import SCALAR
from calico_migrate.package.specification import yaml_places

if TYPE_CHECKING:
    from calico_core.findings import Finding, Severity
    from calico_core.rules import Rule
    from calico_core.spans import Lines
    from calico_core.yaml.nodes import Node
    from calico_migrate.mustache.rendering import Origin
    from calico_migrate.network_map import NetworkMap
    from calico_migrate.package.specification.networks import NetworkKey, Pod
    from calico_migrate.package.specification.views import View

BRIDGE = "mesos-bridge"
"""The one network that the SDK maps ports on."""


def offset_of(origin: Origin | None) -> int | None:
    """Where something stands in the template, None where it has no place there."""
    if origin is None:
        return None
    starts = [span.start for span in origin.spans[:1]] + [tag.start for tag in origin.tags[:1]]
    return min(starts, default=None)


def placed(
    lines: Lines,
    rule: Rule,
    offset: int,
    message: str,
    *,
    pointer: str | None = None,
    hint: str = "",
    severity: Severity | None = None,
) -> Finding:
    """A finding at an offset of the template."""
    line, column = lines.position(offset)
    return rule.finding(message, hint=hint, line=line, column=column, pointer=pointer, severity=severity)


class PodSeen(NamedTuple):
    """A pod as one rendering has it; ``lines`` are those of the template."""

    view: View
    pod: Pod
    network_map: NetworkMap
    lines: Lines

    def origin(self, node: Node) -> Origin:
        """Where a node of the rendering comes from."""
        return self.view.rendering.origin(node.start, node.end)


class KeySeen(NamedTuple):
    """One network of a pod as one rendering has it; ``offset`` is where its name stands in the template."""

    view: View
    key: NetworkKey
    offset: int
    network_map: NetworkMap
    lines: Lines

    @property
    def stays(self) -> bool:
        """Whether its name is written out, and neither an old network's nor a new one's."""
        names = self.network_map.names
        literal = self.key.origin is not None and not self.key.origin.tags
        return literal and self.key.name not in names and self.key.name not in names.values()

    @property
    def labels(self) -> NetworkLabels | None:
        """Its labels; None where there are none."""
        node = yaml_places.child(self.key.settings, "labels")
        if node is None or yaml_places.is_null(node):
            return None
        origin = self.view.rendering.origin(node.start, node.end)
        at = offset_of(origin)
        text = node.text if node.kind == SCALAR else None
        # What an option puts there is not known here.
        known = text is None or not origin.tags
        return NetworkLabels(text, known, self.offset if at is None else at, f"{self.key.pointer}/labels")


class NetworkLabels(NamedTuple):
    """The labels of a network: their text (None where they are no text), and whether that is known."""

    text: str | None
    is_known: bool
    offset: int
    pointer: str
