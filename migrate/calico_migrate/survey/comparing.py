"""Two surveys of the same tree: what moved in between, what is new, and what is back again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.errors import InputError
from calico_migrate.survey.place import OPEN, State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from calico_migrate.survey.place import Place

Key = tuple[str, str | None, str]


class Changes(NamedTuple):
    """What changed since an earlier survey.

    ``moved`` were open and are done or gone; ``new`` are open and were not there; ``back`` are open and
    were done.
    """

    moved: list[dict[str, Any]]
    new: list[Place]
    back: list[Place]


def read_earlier(text: str, path: str) -> list[dict[str, Any]]:
    """The places of an earlier report. Raises InputError where it is none."""
    try:
        report = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError("is no JSON; give the report that --format json printed", path=path) from error
    places = report.get("places") if isinstance(report, dict) else None
    if not isinstance(places, list) or report.get("version") != 1 or not all(map(_is_place, places)):
        raise InputError("is no report of a survey; give what --format json printed", path=path)
    return places


def compare(earlier: Iterable[dict[str, Any]], places: Iterable[Place]) -> Changes:
    """What changed; places are the same by path, id and pointer, without a pointer by their text."""
    open_states = {state.value for state in OPEN}
    were_open: dict[Key, dict[str, Any]] = {}
    were_done: set[Key] = set()
    for entry in earlier:
        key = _key(entry["path"], entry.get("id"), entry.get("pointer"), entry["text"])
        if entry["state"] in open_states and not entry.get("settled"):
            were_open[key] = entry
        elif entry["state"] == State.DONE.value:
            were_done.add(key)
    new: list[Place] = []
    back: list[Place] = []
    for place in places:
        if place.state not in OPEN:
            continue
        key = _key(place.path, place.id, place.pointer, place.text)
        # What was accepted since then is still there.
        if were_open.pop(key, None) is None and place.settled is None:
            (back if key in were_done else new).append(place)
    return Changes(list(were_open.values()), new, back)


def _key(path: str, identity: str | None, pointer: str | None, text: str) -> Key:
    return path, identity, pointer if pointer is not None else text


def _is_place(entry: Any) -> bool:
    return (
        isinstance(entry, dict)
        and all(isinstance(entry.get(key), str) for key in ("path", "state", "text"))
        and all(isinstance(entry.get(key), (str, type(None))) for key in ("id", "pointer"))
    )
