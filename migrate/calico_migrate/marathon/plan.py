"""The plan for one definition: its edits, and what its networks are afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from calico_core.json.pointers import Path
    from calico_core.spans import Edit
    from calico_migrate.marathon.parsed.attachments import Attachment


class Merge(NamedTuple):
    """Entries that become one: the path of the one that stays, all names before, and the name after.

    ``conflicts`` are the labels on which the entries differ.
    """

    entry: Path
    names: list[str | None]
    after: str
    conflicts: list[str]


class Unmoved(NamedTuple):
    """A policy label that was to be moved and stays: its path, its key, and why."""

    path: Path
    key: str
    reason: str


class Plan:
    """The edits of one definition, in no order, and the result; what is planned is added to an empty one.

    ``networks`` are the names of the container networks after the change, in their order; None stands for
    a default network that is not in the map. ``attachments`` are the networks before the change.
    An edit without a rule belongs to the one before it.
    """

    __slots__ = ("attachments", "edits", "merges", "networks", "unmoved")

    def __init__(self, attachments: list[Attachment]) -> None:
        self.attachments = attachments
        self.edits: list[Edit] = []
        self.networks: list[str | None] = []
        self.merges: list[Merge] = []
        self.unmoved: list[Unmoved] = []
