"""The page for a change board: what, whose, how, where, and how far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_migrate.survey import progress
from calico_migrate.survey.place import OPEN, State
from calico_templates import render
from calico_templates.page import Evidence, Page, Source, Verdict, asset, render_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_migrate.network_map import NetworkMap
    from calico_migrate.survey.comparing import Changes
    from calico_migrate.survey.place import Place, Survey

_STATES = [state for state in State if state is not State.MENTION]
_GRADES = {
    State.TO_MOVE: "bad",
    State.BY_HAND: "bad",
    State.RUNNING: "bad",
    State.DEPENDS: "fair",
    State.DONE: "good",
    State.MENTION: "open",
}
_INSTEAD = {
    State.TO_MOVE: "",
    State.BY_HAND: "change it by hand",
    State.RUNNING: "give the service new options",
    State.DEPENDS: "look at it before the app moves",
    State.DONE: "",
    State.MENTION: "",
}


def page(
    survey: Survey, changes: Changes | None, network_map: NetworkMap, evidence: Sequence[Evidence]
) -> str:
    """The page of a survey; ``evidence`` is what its footer names beside the map."""
    pairs = [Source(f"{old} becomes {new}") for old, new in network_map.names.items()]
    return render_page(
        Page(
            title="What still names the old network",
            subtitle=", ".join(pair.text for pair in pairs),
            content=render("survey/survey.html.mustache", _content(survey, changes)),
            verdicts=_verdicts(survey),
            evidence=[*evidence, Evidence("map", pairs)],
            style=asset("survey/survey.css"),
        )
    )


def _verdicts(survey: Survey) -> list[Verdict]:
    percent = progress.percent(survey)
    left = sum(place.state in OPEN and place.settled is None for place in survey.places)
    if any(unread.is_error for unread in survey.unread):
        how_far = Verdict("open", "How far", "No percentage: something could not be read.")
    elif percent is None:
        how_far = Verdict("open", "How far", "No place names a network of the map.")
    else:
        how_far = Verdict("good" if not left else "fair", "How far", f"{percent} % of the units are done.")
    what = f"{left:,} places are to move, by hand or running." if left else "Nothing is left to move."
    return [how_far, Verdict("bad" if left else "good", "What is left", what)]


def _content(survey: Survey, changes: Changes | None) -> dict[str, Any]:
    grouped: dict[str, list[Place]] = {}
    for place in survey.places:
        if place.state in OPEN or place.state is State.DEPENDS:
            grouped.setdefault(place.owner, []).append(place)
    errors = [unread for unread in survey.unread if unread.is_error]
    return {
        "states": [{"state": state.value} for state in _STATES],
        "owners": [
            {
                "name": name,
                "anchor": f"owner-{number}",
                "counts": [{"count": row.states[state]} for state in _STATES],
                "settled": row.settled,
                "percent": "" if row.percent is None else f"{row.percent} %",
                "has_places": bool(grouped.get(name)),
                "places": [_place(place) for place in grouped.get(name, ())],
            }
            for number, (name, row) in enumerate(progress.rows(survey.places, "owner").items())
        ],
        "has_unread": bool(errors),
        "unread": [{"path": unread.path, "reason": unread.reason} for unread in errors],
        **_changes(changes),
    }


def _place(place: Place) -> dict[str, Any]:
    settled = place.settled is not None
    return {
        "state": "settled" if settled else place.state.value,
        "grade": "open" if settled else _GRADES[place.state],
        "path": place.path,
        "line": place.line,
        "has_id": bool(place.id),
        "id": place.id or "",
        "text": place.text,
        "has_why": bool(place.settled or place.why),
        "why": place.settled or place.why,
        "has_how": bool(place.how) and not settled,
        "how": place.how or "",
        "instead": "" if settled else place.instead or _INSTEAD[place.state],
    }


def _changes(changes: Changes | None) -> dict[str, Any]:
    def row(place: Place) -> dict[str, str]:
        return {"place": f"{place.path}:{place.line}", "id": place.id or ""}

    if changes is None:
        return {"has_changes": False}
    return {
        "has_changes": True,
        "moved": len(changes.moved),
        "new": len(changes.new),
        "back": len(changes.back),
        "has_back": bool(changes.back),
        "back_places": [row(place) for place in changes.back],
        "has_new": bool(changes.new),
        "new_places": [row(place) for place in changes.new],
    }
