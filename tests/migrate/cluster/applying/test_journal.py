"""The journal's lines have the keys that scripts may rely on, and no others (live.md 9.3)."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from calico_migrate.cluster.applying.journal import Journal, read
from tests.migrate.cluster.lab import app, pod

if TYPE_CHECKING:
    from pathlib import Path

    from tests.migrate.cluster.lab import Lab

ALWAYS = {"n", "t", "run", "event"}
KEYS = {
    "open": {"command", "plan", "cluster", "by", "tool", "insecure"},
    "intent": {"item", "request", "saw"},
    "answer": {"item", "status", "deployment", "version", "error"},
    "gate": {"item", "gate", "result", "why"},
    "state": {"item", "state", "why"},
    "pause": {"why"},
    "resume": {"why"},
    "note": {"text"},
    "close": {"exit", "counts"},
}
COUNTED = {"new", "old", "addresses"}


def test_every_event_has_its_keys(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    lab.cluster.add(app("/broken"))
    lab.cluster.add(pod("/pod"))
    lab.planned()
    lab.cluster.change("/broken", lambda body: body.update(cmd="x"))
    lab.cluster.change("/broken", lambda body: body.update(cmd="run"))
    lab.behave("/broken", crash_after=1e-6)
    lab.apply()
    lab.apply("--max-failures", "2")
    lab.change_plan(lambda plan: plan.update(max_in_flight=2))
    lab.apply("--max-failures", "2")
    lab.rollback("--all")
    events = lab.journal()
    assert {event["event"] for event in events} >= KEYS.keys() - {"pause", "resume"}
    for event in events:
        wanted = ALWAYS | KEYS[event["event"]]
        if event["event"] == "gate" and event["gate"] in ("tasks", "addresses"):
            wanted |= COUNTED
        assert set(event) == wanted, event


@pytest.mark.parametrize("call", ["fsync", "write"])
@pytest.mark.parametrize("event", ["intent", "state"])
def test_a_signal_in_the_middle_of_a_line_leaves_a_whole_journal(
    call: str, event: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a second Ctrl-C raises may come between any two steps."""
    path = str(tmp_path / "plan.journal")
    real = getattr(os, call)

    def interrupted(descriptor: int, *data: Any) -> NoReturn:
        real(descriptor, *data)
        raise KeyboardInterrupt

    with contextlib.closing(Journal(path, lambda _: None)) as journal:
        journal.write("open", command="apply", plan="sha256:0", cluster=None)
        monkeypatch.setattr(os, call, interrupted)
        with contextlib.suppress(KeyboardInterrupt):
            journal.write(event, item="marathon:/web", state="rolling")
        monkeypatch.undo()
        journal.write("close", exit=130, counts={})
    events = read(path).events
    assert events[-1]["event"] == "close"
    assert [each["n"] for each in events] == list(range(1, len(events) + 1))


def test_a_note_about_an_item_names_it(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    lab.planned("--canary", "none")
    lab.cluster.change("/web", lambda body: body.update(cmd="x"))
    lab.cluster.change("/web", lambda body: body.update(cmd="run"))
    applied = lab.apply()
    assert applied.code == 0
    (note,) = [event for event in lab.journal() if event["event"] == "note"]
    assert note["text"].startswith("marathon:/web: restarted or changed and changed back since the snapshot")
    assert f"note: {note['text']}" in applied.text
