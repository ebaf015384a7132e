"""Texts whose places are marked: ``«dcos»`` is a place by hand, ``‹calico›`` a place that is done."""

from __future__ import annotations

import re
from typing import NamedTuple

from calico_core.spans import Lines
from calico_migrate.network_map import NetworkMap
from calico_migrate.survey.look import Settings
from calico_migrate.survey.looking import look
from calico_migrate.survey.names import Names
from calico_migrate.survey.place import State

SETTINGS = Settings(NetworkMap(), Names.of(NetworkMap()))
_MARK = re.compile("«([^»]*)»|‹([^›]*)›")


class Told(NamedTuple):
    """A place: line, column and state."""

    line: int
    column: int
    state: str


def told(name: str, text: str, *states: State) -> list[Told]:
    """The places of a text without mentions, or those of some states."""
    lines = Lines(text)
    return [
        Told(*lines.position(spot.start), spot.state.value)
        for spot in look(name, text, SETTINGS).spots
        if (spot.state in states if states else spot.state is not State.MENTION)
    ]


def check(name: str, marked: str) -> None:
    """Asserts that a text has exactly the places that are marked in it, and is of no other state."""
    text = _MARK.sub(lambda found: found[1] or found[2], marked)
    expected = []
    shift = 0
    lines = Lines(text)
    for found in _MARK.finditer(marked):
        state = "by-hand" if found[1] else "done"
        expected.append(Told(*lines.position(found.start() - shift), state))
        shift += 2
    assert told(name, text) == expected
