"""Plans that people edited: taken where they hold together, refused with the place where they do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from calico_migrate.cluster.applying import fold, journal
from calico_migrate.cluster.planning.reading import load
from tests.migrate.cluster.lab import app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.migrate.cluster.lab import Lab

ITEM = "marathon:/a"


@pytest.fixture
def two(lab: Lab) -> Lab:
    """Two apps, one depending on the other, planned."""
    lab.cluster.add(app("/a"))
    lab.cluster.add(app("/b", dependencies=["/a"]))
    return lab.planned("--canary", "none")


def remove(plan: Any) -> None:
    del plan["items"]["marathon:/b"]
    plan["waves"][0]["items"].remove("marathon:/b")


def move_to_stateful(plan: Any) -> None:
    plan["waves"][0]["items"].remove("marathon:/b")
    plan["waves"].append({"name": "stateful", "items": ["marathon:/b"], "pause_after": True})


@pytest.mark.parametrize("change", [remove, move_to_stateful, lambda plan: plan.update(max_in_flight=3)])
def test_a_consistent_edit_is_taken(two: Lab, change: Callable[[Any], object]) -> None:
    two.change_plan(change)
    assert two.apply().code == 0
    assert two.network("/a") == "calico"


def test_a_pause_that_people_put_in(two: Lab) -> None:
    two.change_plan(move_to_stateful)
    two.change_plan(lambda plan: plan["waves"][0].update(pause_after=True))
    assert two.apply().code == 1
    assert two.states() == {"/a": "verified"}
    assert two.apply().code == 0


CHANGES: dict[str, Callable[[Any], object]] = {
    "no kind": lambda plan: plan.pop("kind"),
    "no waves": lambda plan: plan.pop("waves"),
    "an item in no wave": lambda plan: plan["waves"][0]["items"].remove(ITEM),
    "an item twice": lambda plan: plan["waves"][0]["items"].append(ITEM),
    "an unknown item": lambda plan: plan["waves"][0]["items"].append("marathon:/c"),
    "an unknown wave": lambda plan: plan["waves"][0].update(name="first"),
    "the wrong order": lambda plan: plan["waves"][0]["items"].reverse(),
    "an unknown dependency": lambda plan: plan["items"][ITEM]["depends_on"].append("marathon:/c"),
    "another key": lambda plan: plan["items"].update({"marathon:/c": plan["items"].pop(ITEM)}),
    "another action": lambda plan: plan["items"][ITEM].update(action="put"),
    "a need that is not allowed": lambda plan: plan["items"][ITEM]["needs"].append("outage"),
    "an unknown need": lambda plan: plan["allow"].append("everything"),
    "another network than the map's": lambda plan: plan["items"][ITEM]["edits"][0].update(new="other"),
    "another map than the edits'": lambda plan: plan["map"].update(dcos="other"),
    "no digest": lambda plan: plan["items"][ITEM]["before"].update(sha256="abc"),
    "before is after": lambda plan: plan["items"][ITEM]["after"].update(plan["items"][ITEM]["before"]),
    "no edits": lambda plan: plan["items"][ITEM]["edits"].clear(),
    "an edit of the instances": lambda plan: plan["items"][ITEM]["edits"][0].update(pointer="/instances"),
    "a pointer that is none": lambda plan: plan["items"][ITEM]["edits"][0].update(pointer="networks"),
    "an id that is none": lambda plan: plan["items"][ITEM].update(id="/../a"),
    "a service that is none": lambda plan: plan["items"][ITEM].update(service="../x"),
    "a pool that is none": lambda plan: plan["pools"].append("10.0.0.0"),
    "a map that is none": lambda plan: plan["map"].update(calico="dcos"),
    "no number": lambda plan: plan.update(max_in_flight="2"),
    "zero in flight": lambda plan: plan.update(max_in_flight=0),
    "bound to nothing": lambda plan: plan["cluster"].update(id=None, framework=None),
    "a text for a list": lambda plan: plan.update(by_hand="x"),
}


@pytest.mark.parametrize("name", list(CHANGES))
def test_an_inconsistent_edit_is_refused_with_its_place(two: Lab, name: str) -> None:
    two.change_plan(CHANGES[name])
    result = two.apply()
    assert result.code == 3, result.errors
    assert f"{two.plan_path}:" in result.errors
    assert two.served.writes() == []
    assert two.run("show", str(two.plan_path)).code == 3


def test_a_newer_version(two: Lab) -> None:
    two.change_plan(lambda plan: plan.update(version=2))
    assert two.apply().code == 2
    assert two.rollback("--all").code == 2
    assert two.run("show", str(two.plan_path)).code == 3


@pytest.mark.parametrize("text", ["", "{", "[]", "nonsense", '{"kind": "calico-migrate-plan"}'])
def test_what_is_no_plan(two: Lab, text: str) -> None:
    two.plan_path.write_text(text)
    assert two.run("show", str(two.plan_path)).code == 3
    # Whatever became of it: pausing is always possible.
    assert two.run("pause", str(two.plan_path)).code == 0
    assert two.run("resume", str(two.plan_path)).code == 0
    assert two.apply().code == 3


def test_no_plan_at_all(lab: Lab) -> None:
    assert lab.apply().code == 3
    assert lab.run("pause", str(lab.plan_path)).code == 3


def test_another_plan_beside_the_old_journal(two: Lab) -> None:
    """What was verified is looked at again, and what is new is sent."""
    assert two.apply().code == 0
    two.cluster.add(app("/c"))
    assert two.snapshot(name="again").code == 0
    assert two.plan("--canary", "none", name="again").code == 0
    assert set(two.read_plan()["items"]) == {"marathon:/c"}
    assert two.apply().code == 0
    assert two.states() == {"/a": "verified", "/b": "verified", "/c": "verified"}


def test_a_plan_that_was_changed_looks_again(two: Lab) -> None:
    assert two.apply().code == 0
    two.cluster.change("/a", lambda body: body["networks"][0].update(name="dcos"))
    two.change_plan(lambda plan: plan.update(max_in_flight=2))
    assert two.apply().code == 0
    assert two.network("/a") == "calico"


def test_the_example_of_the_format(shared: Path) -> None:
    """Read and written again it is the same, byte for byte, and its journal says where each item is."""
    folder = shared / "corpus" / "live"
    plan = load(str(folder / "plan.example.json")).plan
    assert plan.to_bytes() == (folder / "plan.example.json").read_bytes()
    events = journal.read(str(folder / "journal.example.jsonl")).events
    records = fold.fold(events)
    assert fold.counts(fold.states(records, plan.items)) == events[-1]["counts"]
    assert {event["event"] for event in events} <= {
        "open", "intent", "answer", "gate", "state", "pause", "resume", "note", "close",
    }  # fmt: skip
