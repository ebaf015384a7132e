"""A list of Calico's resources, and whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from calico_migrate.diagnose.estate.evidence import Evidence
    from calico_migrate.diagnose.estate.machine import Machine
    from calico_migrate.diagnose.parsing.resources import Resource, ResourceList


class Listed(NamedTuple):
    """A list of Calico's resources, and the master whose it is."""

    machine: Machine
    item: str
    resources: ResourceList

    def evidence(self, resource: Resource, key: str = "name") -> Evidence:
        """The line of one of its resources that begins with a key."""
        line, text = self.resources.line_of(resource, key)
        return self.machine.evidence(self.item, line, text)
