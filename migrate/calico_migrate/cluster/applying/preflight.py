"""Calico's own health on every node, before anything is moved to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_migrate.cluster import health, paths
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
        problem = health.problem(unit, nodes)
        if problem:
            yield problem
