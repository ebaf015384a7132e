"""Calico's own health on every node, before anything is moved to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.legible import legible
from calico_core.words import counted
from calico_migrate.cluster import paths
from calico_migrate.cluster.connection.failures import RefusedError, UnreachableError
from calico_migrate.cluster.connection.reading import has_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calico_migrate.cluster.connection.reading import Reader


def problems(reader: Reader) -> Iterator[str]:
    """What speaks against beginning; nothing where every unit is well on every node."""
    for unit in paths.UNITS:
        try:
            nodes = reader.document(paths.unit_nodes(unit), has_list("nodes")).value["nodes"]
        except (RefusedError, UnreachableError) as error:
            yield f"the health of {unit} is unknown: {error}"
            continue
        ill = [
            str(node.get("host_ip", "?")) if isinstance(node, dict) else "?"
            for node in nodes
            if not isinstance(node, dict) or not _is_well(node.get("health"))
        ]
        if ill:
            shown = ", ".join(legible(each, 40) for each in ill[:3])
            yield f"{unit} is not well on {counted(len(ill), 'node')}: {shown}"
        elif not nodes:
            yield f"{unit} runs on no node that is known"


def _is_well(health: object) -> bool:
    """Whether a node says 0, by value as JSON's numbers are; false is no number."""
    return type(health) in (int, float) and health == 0
