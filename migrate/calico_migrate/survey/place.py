"""A place: where a network is named, applies by default, or matters."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class State(str, Enum):
    """What a place is about. Their order is that of the report."""

    TO_MOVE = "to-move"
    BY_HAND = "by-hand"
    RUNNING = "running"
    DEPENDS = "depends"
    DONE = "done"
    MENTION = "mention"


OPEN = frozenset({State.TO_MOVE, State.BY_HAND, State.RUNNING})
"""States of places that somebody still has to move."""

COUNTED = OPEN | {State.DONE}
"""States that make a unit count in the percentage."""


class Place(NamedTuple):
    """One place of a survey.

    ``path`` is as the file was given; ``line`` and ``column`` count from 1, columns in code points.
    ``pointer`` is an RFC 6901 pointer where the file has one; ``id`` the app's, pod's, job's or pool's id or
    the package's name; ``network`` the network that is named or applies. ``how`` is the command that moves
    it, for ``to-move`` alone. ``text`` is the line around it, with secrets blotted out. ``unit`` is what
    counts in the percentage: an id, else the file. ``kind`` is the kind of file that told it. ``why`` says
    more of what is there, ``instead`` what to do where it is not to change a name by hand. ``settled`` says
    why an entry of the configuration or a remark in the line settles it.
    """

    path: str
    line: int
    column: int
    state: State
    network: str
    text: str
    kind: str
    pointer: str | None = None
    id: str | None = None
    how: str | None = None
    owner: str = ""
    why: str = ""
    instead: str = ""
    settled: str | None = None

    @property
    def rule(self) -> str:
        """The id of the rule that tells it."""
        return f"survey-{self.state.value}"

    @property
    def unit(self) -> str:
        """What the percentage counts: an id, for a place without one its file."""
        return self.id or self.path


class Unread(NamedTuple):
    """A file that was not looked into, and why. ``is_error`` where it should have been."""

    path: str
    reason: str
    is_error: bool = False


class Survey(NamedTuple):
    """What a run found. ``passed_over`` counts the files below ``node_modules`` and ``vendor``."""

    places: list[Place]
    unread: list[Unread]
    files: int
    mentions: int
    passed_over: dict[str, int]
