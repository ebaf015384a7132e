"""The journal: its bytes, its lock, and what it takes over from an earlier run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from calico_core.errors import InputError, LiveError, OutputError
from calico_migrate.network.running.journal import Entry, digest_of, lock, locked
from calico_migrate.network.running.outcomes import AgentOutcome, State

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ["a1", "a2", "a3"]
RIGHT = AgentOutcome("a1", State.RIGHT, "created", "created", 0, 0, 1.25)
WRONG = AgentOutcome(
    "a2", State.DIFFERENT, "other-network: its subnet", "other-network", 14, 14, 0.5, "x\n\ny\n"
)


def states(directory: Path, *, resume: bool, digest: str = "d", names: list[str] = NAMES) -> list[str]:
    with locked(str(directory), "web", digest, names, resume=resume) as journal:
        return [entry.state.value for entry in journal.entries.values()]


def run_once(directory: Path) -> None:
    with locked(str(directory), "web", "d", NAMES, resume=False) as journal:
        journal.begin(["a1", "a2"])
        journal.record(RIGHT)
        journal.record(WRONG)
        journal.save()


def test_what_it_says(tmp_path: Path) -> None:
    run_once(tmp_path)
    document = json.loads((tmp_path / "run-journal.json").read_text())
    assert document["version"] == 1
    assert document["network"] == "web"
    agents = document["agents"]
    assert agents["a1"].pop("ended").endswith("+00:00")
    assert agents["a1"] == {
        "state": "right", "message": "created", "word": "created", "code": 0, "status": 0, "seconds": 1.25,
    }  # fmt: skip
    assert agents["a2"]["code"] == 14
    assert agents["a2"]["errors"] == ["x", "y"]
    assert agents["a3"] == {"state": "not-run"}


def test_resuming_takes_an_earlier_run_over(tmp_path: Path) -> None:
    run_once(tmp_path)
    assert states(tmp_path, resume=True) == ["right", "different", "not-run"]
    with locked(str(tmp_path), "web", "d", NAMES, resume=True) as journal:
        assert journal.entries["a2"]._replace(ended=None) == Entry(
            State.DIFFERENT, "other-network: its subnet", "other-network", 14, 14, 0.5, None, ("x", "y")
        )


def test_without_resume_and_for_another_promise_it_begins_anew(tmp_path: Path) -> None:
    run_once(tmp_path)
    assert states(tmp_path, resume=False) == ["not-run"] * 3
    assert states(tmp_path, resume=True, digest="other") == ["not-run"] * 3


def test_agents_that_are_gone_are_forgotten_and_new_ones_added(tmp_path: Path) -> None:
    run_once(tmp_path)
    assert states(tmp_path, resume=True, names=["a1", "a9"]) == ["right", "not-run"]


def test_a_killed_run_leaves_what_it_touched_unknown(tmp_path: Path) -> None:
    with locked(str(tmp_path), "web", "d", NAMES, resume=False) as journal:
        journal.begin(["a1", "a2"])
    assert states(tmp_path, resume=True) == ["unknown", "unknown", "not-run"]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"version": 2}', '{"version": 1, "promise": "d", "agents": {"a1": 5}}',
             '{"version": 1, "promise": "d", "agents": {"a1": {"state": "fine"}}}', "[" * 100_000,
             *(f'{{"version": 1, "promise": "d", "agents": {{"a1": {{"state": "right", {odd}}}}}}}' for odd in
               ('"code": -1e999', '"status": true', '"seconds": 1e999', f'"seconds": 1{"0" * 400}', '"code": 1.5',
                '"seconds": -1', '"code": "1"', f'"code": {"9" * 30}'))]
)  # fmt: skip
def test_a_broken_journal_is_not_resumed_from(tmp_path: Path, text: str) -> None:
    (tmp_path / "run-journal.json").write_text(text)
    with pytest.raises(InputError, match="without --resume"):
        states(tmp_path, resume=True)
    assert states(tmp_path, resume=False) == ["not-run"] * 3


def test_no_journal_yet(tmp_path: Path) -> None:
    assert states(tmp_path, resume=True) == ["not-run"] * 3


def test_the_lock_keeps_a_second_run_out(tmp_path: Path) -> None:
    with lock(str(tmp_path)), pytest.raises(LiveError, match="under way"), lock(str(tmp_path)):
        pytest.fail("the lock was taken twice")
    with lock(str(tmp_path)):
        pass


def test_the_lock_ends_with_its_process(tmp_path: Path) -> None:
    program = (
        "import os, sys\n"
        "from calico_migrate.network.running.journal import lock\n"
        "with lock(sys.argv[1]):\n"
        "    print('locked', flush=True)\n"
        "    sys.stdin.read()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdin is not None
    with process.stdout, process.stdin:
        assert process.stdout.readline() == b"locked\n"
        with pytest.raises(LiveError), lock(str(tmp_path)):
            pytest.fail("the lock was taken twice")
        process.kill()
        process.wait()
    with lock(str(tmp_path)):
        pass


def test_no_lock_can_be_made(tmp_path: Path) -> None:
    with pytest.raises(OutputError), lock(str(tmp_path / "missing")):
        pytest.fail("there is no such directory")


def test_a_journal_that_cannot_be_written_keeps_its_bytes(tmp_path: Path) -> None:
    run_once(tmp_path)
    before = (tmp_path / "run-journal.json").read_bytes()
    with locked(str(tmp_path), "web", "d", NAMES, resume=True) as journal:
        os.rename(tmp_path, tmp_path.with_name("moved"))
        (tmp_path).write_text("a file where the directory was")
        with pytest.raises(OutputError):
            journal.save()
    assert (tmp_path.with_name("moved") / "run-journal.json").read_bytes() == before


def test_one_promise_one_digest() -> None:
    assert digest_of("a") == digest_of("a")
    assert digest_of("a") != digest_of("b")
