"""How much the cluster's commands say, and in which colour: `--quiet` and `--color`, as everywhere."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.migrate.cluster.lab import app
from tests.support.standin.faults import Answered

if TYPE_CHECKING:
    from tests.migrate.cluster.lab import Lab

ESCAPE = b"\x1b["
FORBIDDEN = Answered(403, {"Content-Type": "application/json"}, b'{"message": "not for you"}')


def test_a_good_run_says_nothing(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    plan = str(lab.plan_path)
    assert lab.snapshot("--quiet")[1:] == (b"", b"")
    done = lab.plan("--canary", "none", "-q")
    assert (done.code, done.out, done.error) == (0, b"", b"")
    assert lab.run("show", plan, "--quiet")[1:] == (b"", b"")
    assert lab.run("pause", plan, "--quiet")[1:] == (b"", b"")
    assert lab.run("resume", plan, "--quiet")[1:] == (b"", b"")
    assert lab.run("resume", plan, "--quiet")[1:] == (b"", b"")
    done = lab.apply("--quiet")
    assert (done.code, done.out, done.error) == (0, b"", b"")
    assert lab.run("verify", plan, *lab.connection(), "--quiet")[1:] == (b"", b"")
    assert lab.run("status", plan, *lab.connection(), "--quiet")[1:] == (b"", b"")
    done = lab.rollback("--all", "-q")
    assert (done.code, done.out, done.error) == (0, b"", b"")


def test_errors_are_said_all_the_same(lab: Lab) -> None:
    lab.cluster.add(app("/broken"))
    lab.cluster.add(app("/drifted"))
    lab.cluster.add(app("/unchecked", healthChecks=[]))
    lab.fault("GET", "/v2/groups", "answer", answered=FORBIDDEN)
    done = lab.snapshot("--quiet")
    assert (done.code, done.out) == (1, b"")
    assert done.errors.startswith("unread: marathon/marathon/groups.json: ")
    done = lab.plan("--canary", "none", "--quiet")
    assert done.code == 1
    assert "by hand: marathon:/unchecked: unchecked: " in done.errors
    lab.behave("/broken", crash_after=1e-6)
    lab.cluster.change("/drifted", lambda body: body.update(cmd="another"))
    shown = lab.run("show", str(lab.plan_path), "--quiet").text
    assert shown.startswith("by hand\n  marathon:/unchecked: unchecked: ")
    assert "wave" not in shown
    done = lab.apply("--quiet", "--max-failures", "1", "--item-timeout", "500ms")
    assert done.code == 4
    assert "marathon:/broken: failed: " in done.text
    assert "marathon:/drifted: drifted: " in done.text
    assert "rolling" not in done.text
    assert f"go back: calico-migrate cluster rollback {lab.plan_path}" in done.errors
    shown = lab.run("status", str(lab.plan_path), *lab.connection(), "--quiet").text
    assert "left: " in shown
    assert "running tasks" not in shown


def test_a_warning_is_no_error(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    lab.cluster.id = None
    warned = lab.run("status", *lab.connection())
    assert "warning: the cluster does not say its id" in warned.errors
    assert lab.run("status", *lab.connection(), "--quiet").error == b""


def test_json_is_the_same(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    lab.planned("--canary", "none")
    done = lab.apply("--format", "json", "--quiet", "--color", "always")
    assert done.error == b""
    told = [json.loads(line) for line in done.text.splitlines()]
    assert [event for event in told if event["event"] != "wait"] == lab.journal()
    assert lab.status("--quiet", "--color", "always")["summary"] == {"verified": 1}


def test_colour_is_given_where_it_is_wanted(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    lab.cluster.add(app("/web"))
    lab.cluster.add(app("/unchecked", healthChecks=[]))
    lab.snapshot()
    assert lab.plan("--canary", "none", "--color", "always").code == 1
    plan = str(lab.plan_path)
    connection = lab.connection()
    assert b"\x1b[1mwave plain" in lab.run("show", plan, "--color", "always").out
    applied = lab.apply("--color", "always")
    assert b"\x1b[32m" in applied.out
    assert b": verified\x1b[0m" in applied.out
    assert b"\x1b[1mleft: 1" in lab.run("status", plan, *connection, "--color", "always").out
    for choice in ("auto", "never"):
        assert ESCAPE not in lab.run("show", plan, "--color", choice).out
        assert ESCAPE not in lab.run("status", plan, *connection, "--color", choice).out
        assert ESCAPE not in lab.rollback("--all", "--dry-run", "--color", choice).out


@pytest.mark.parametrize(
    "command", ["snapshot", "plan", "show", "apply", "status", "verify", "rollback", "pause", "resume"]
)
def test_every_command_has_both(command: str, lab: Lab) -> None:
    shown = lab.run(command, "--help").text
    assert "--quiet" in shown
    assert "--color" in shown
