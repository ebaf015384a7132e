"""What the nodes' health says of a unit (dcos/dcos-diagnostics api/structures.go: 0 is well)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_core.json import scanning
from calico_core.legible import legible
from calico_core.words import counted
from calico_migrate.cluster import paths
from calico_migrate.cluster.snapshot import parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


def problems(bodies: Mapping[str, str]) -> Iterator[str]:
    """What was wrong with Calico when a snapshot was taken, as far as it was read."""
    for unit in paths.UNITS:
        text = bodies.get(parts.unit(unit))
        value = scanning.loads(text) if text is not None else None
        nodes = value.get("nodes") if isinstance(value, dict) else None
        found = problem(unit, nodes) if isinstance(nodes, list) else ""
        if found:
            yield found


def problem(unit: str, nodes: Sequence[Any]) -> str:
    """What is wrong with a unit, empty where it is well on every node."""
    ill = [
        str(node.get("host_ip", "?")) if isinstance(node, dict) else "?"
        for node in nodes
        if not isinstance(node, dict) or not _is_well(node.get("health"))
    ]
    if ill:
        shown = ", ".join(legible(each, 40) for each in ill[:3])
        return f"{unit} is not well on {counted(len(ill), 'node')}: {shown}"
    return "" if nodes else f"{unit} runs on no node that is known"


def _is_well(health: object) -> bool:
    """Whether a node says 0, by value as JSON's numbers are; false is no number."""
    return type(health) in (int, float) and health == 0
