"""How far a migration is: what is counted, and the percentage."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_migrate.survey.place import COUNTED, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from calico_migrate.survey.place import Place, Survey


class Count(NamedTuple):
    """The places of one row by state, how many of them are settled, its units, and its percentage.

    ``percent`` is that of units in which everything is done or settled, rounded down; None where there is
    no unit.
    """

    states: dict[State, int]
    settled: int
    units: int
    finished: int

    @property
    def percent(self) -> int | None:
        """Finished units of a hundred."""
        return self.finished * 100 // self.units if self.units else None


def count(places: Iterable[Place]) -> Count:
    """The count of some places."""
    states = dict.fromkeys(State, 0)
    settled = 0
    units: dict[str, bool] = {}
    for place in places:
        states[place.state] += 1
        settled += place.settled is not None
        if place.state in COUNTED:
            is_finished = place.state is State.DONE or place.settled is not None
            units[place.unit] = units.get(place.unit, True) and is_finished
    return Count(states, settled, len(units), sum(units.values()))


def rows(places: Sequence[Place], by: str) -> dict[str, Count]:
    """The counts of each owner, directory or kind, in the order of their names."""
    key = KEYS[by]
    grouped: dict[str, list[Place]] = {}
    for place in places:
        grouped.setdefault(key(place), []).append(place)
    return {name: count(grouped[name]) for name in sorted(grouped)}


def _directory(place: Place) -> str:
    return os.path.dirname(place.path) or "."


KEYS: dict[str, Callable[[Place], str]] = {
    "owner": lambda place: place.owner,
    "directory": _directory,
    "kind": lambda place: place.kind,
}


def percent(survey: Survey) -> int | None:
    """The percentage of a survey; none where there is no unit or something could not be read."""
    if any(unread.is_error for unread in survey.unread):
        return None
    return count(survey.places).percent


def summary(survey: Survey) -> dict[str, Any]:
    """The report's summary: counts by state, by owner, and the percentage."""
    total = count(survey.places)
    return {
        "files": survey.files,
        "places": sum(total.states.values()) - total.states[State.MENTION],
        **_states(total, survey),
        "settled": total.settled,
        "units": total.units,
        "finished": total.finished,
        "percent": percent(survey),
        "unread": len(survey.unread),
        "passed_over": dict(sorted(survey.passed_over.items())),
        "owners": {
            name: {**{state.value: row.states[state] for state in State if state is not State.MENTION},
                   "settled": row.settled, "units": row.units, "percent": row.percent}
            for name, row in rows(survey.places, "owner").items()
        },
    }  # fmt: skip


def _states(total: Count, survey: Survey) -> dict[str, int]:
    counts = {state.value: total.states[state] for state in State}
    counts[State.MENTION.value] = survey.mentions
    return counts
