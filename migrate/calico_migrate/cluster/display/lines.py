"""Lines for people, and a run's events as such: one for a change, none for what goes well in between."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.legible import escaped, legible

if TYPE_CHECKING:
    from calico_migrate.cluster.edits import BodyEdit

_LONGEST = 300
GOOD = "green"
"""The style of what is as it should be."""

HEADING = "bold"
"""The style of what stands above other lines."""

_STYLES = {
    "verified": GOOD,
    "rolled-back": GOOD,
    "failed": "bold red",
    "unknown": "bold red",
    "reverted": "bold red",
    "drifted": "yellow",
    "inconclusive": "yellow",
    "error": "bold red",
    "warning": "yellow",
}
_NO_ERRORS = frozenset({"verified", "rolled-back", "warning"})


class Line(NamedTuple):
    """A line for people, in a style of Rich's; whether it matters to whoever wants to see errors alone."""

    text: str
    style: str = ""
    matters: bool = False

    @classmethod
    def about(cls, state: str, text: str) -> Line:
        """A line about something in a state or of a severity."""
        style = _STYLES.get(state, "")
        return cls(text, style, bool(style) and state not in _NO_ERRORS)


def of_event(event: dict[str, Any]) -> Line | None:
    """The line of an event, None for one that nobody needs to see."""
    text = _text(event)
    if text is None:
        return None
    return Line.about(
        event.get("state") or event.get("result") or "", f"{str(event.get('t', ''))[11:19]} {text}"
    )


def _text(event: dict[str, Any]) -> str | None:
    name = event["event"]
    item = escaped(str(event.get("item", "")))
    if name == "open":
        return f"{event['command']}, run {event['run']}, by {escaped(event['by'])}"
    if name == "intent":
        return f"{item}: {event['request']['method']} {escaped(event['request']['path'])}"
    if name == "answer":
        return _answer(item, event)
    if name == "state":
        why = f": {legible(event['why'], _LONGEST)}" if event["why"] else ""
        return f"{item}: {event['state']}{why}"
    if name == "gate":
        return _gate(item, event)
    if name in ("pause", "resume"):
        return f"{name}: {legible(event['why'], _LONGEST)}"
    if name == "note":
        return f"note: {legible(event['text'], _LONGEST)}"
    return None


def _answer(item: str, event: dict[str, Any]) -> str:
    if event["status"] is None:
        return f"{item}: no answer ({event['error']})"
    deployment = f", deployment {escaped(event['deployment'])}" if event["deployment"] else ""
    error = f" ({event['error']})" if event["error"] else ""
    return f"{item}: HTTP {event['status']}{error}{deployment}"


def _gate(item: str, event: dict[str, Any]) -> str | None:
    if event["result"] == "passed":
        if event["gate"] != "addresses":
            return None
        return f"{item}: {event['new']} running on {', '.join(event['addresses'][:3]) or 'no address'}"
    return f"{item}: gate {event['gate']} {event['result']}: {legible(event['why'], _LONGEST)}"


def would(key: str, method: str, path: str, edits: tuple[BodyEdit, ...]) -> list[Line]:
    """The lines of what a dry run would send."""
    lines = [Line(f"would {method} {escaped(path)} ({escaped(key)})", HEADING)]
    lines += [Line(f"  {escaped(edit.pointer)}: {_value(edit.old)} -> {_value(edit.new)}") for edit in edits]
    return lines


def would_not(key: str, state: str, why: str) -> Line:
    """The line of what a dry run would not send."""
    return Line.about(state, f"{escaped(key)}: {state}: {why}")


def _value(value: object) -> str:
    return "nothing" if value is None else legible(json.dumps(value), 100)
