"""`cluster verify --exec`: a test inside containers, judged by a line of our own."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

import pytest

from calico_migrate.cluster.applying.executing import output
from tests.migrate.cluster.lab import app
from tests.support.standin import faults

if TYPE_CHECKING:
    from tests.migrate.cluster.lab import Lab
    from tests.support.command_line import Result


def record(document: object) -> bytes:
    data = json.dumps(document).encode()
    return f"{len(data)}\n".encode() + data


def said(text: str, kind: str = "STDOUT") -> bytes:
    return record({"type": "DATA", "data": {"type": kind, "data": base64.b64encode(text.encode()).decode()}})


HEARTBEAT = record({"type": "DATA", "data": {"type": "CONTROL", "control": {"type": "HEARTBEAT"}}})


@pytest.fixture
def moved(lab: Lab) -> Lab:
    """An app that depends on another, both moved."""
    ports = [{"containerPort": 8080}]
    container = {"type": "MESOS", "docker": {"image": "nginx"}, "portMappings": ports}
    lab.cluster.add(app("/db", container=container))
    lab.cluster.add(app("/web", dependencies=["/db"]))
    lab.planned("--canary", "none")
    assert lab.apply().code == 0
    return lab


def verify(lab: Lab, *options: str) -> Result:
    return lab.run("verify", str(lab.plan_path), "--exec", "--yes", *lab.connection(), *options)


@pytest.mark.parametrize(
    ("answered", "code", "result"),
    [
        (HEARTBEAT + said("calico-migrate-rc=0\n"), 0, "passed"),
        (said("calico-migr") + said("ate-rc=8\n"), 0, "passed"),
        (said("wget: download timed out\n", "STDERR") + said("calico-migrate-rc=1\n"), 4, "failed"),
        (said("calico-migrate-rc=127\n"), 1, "inconclusive"),
        (said("sh: not found\n", "STDERR"), 1, "inconclusive"),
        (b"", 1, "inconclusive"),
        (said("calico-migrate-rc=0\n")[:-5], 1, "inconclusive"),
    ],
)
def test_the_marker_decides(moved: Lab, answered: bytes, code: int, result: str) -> None:
    moved.cluster.session_output = answered
    assert verify(moved).code == code
    gates = [event for event in moved.journal() if event["event"] == "gate" and event["gate"] == "exec"]
    assert [(gate["item"], gate["result"]) for gate in gates] == [("marathon:/web", result)]
    (session,) = moved.cluster.sessions
    address = moved.spec("/db").tasks[0].address
    assert session["command"]["arguments"][-1] == f"http://{address}:8080/"
    assert session["command"]["shell"] is False
    assert session["container_id"]["parent"]["value"].startswith("c-web.instance-")


def test_the_journal_of_tests_ends_as_that_of_any_run(moved: Lab) -> None:
    moved.cluster.session_output = said("calico-migrate-rc=0\n")
    assert verify(moved).code == 0
    close = moved.journal()[-1]
    assert (close["event"], close["exit"], close["counts"]) == ("close", 0, {"verified": 2})


@pytest.mark.parametrize(
    ("answered", "code"), [(faults.UNAUTHORISED, 3), (faults.redirect("http://evil.example/"), 4)]
)
def test_what_ends_all_tests(moved: Lab, answered: faults.Answered, code: int) -> None:
    moved.fault("POST", "/agent/", "answer", answered=answered, times=9)
    assert verify(moved).code == code
    assert moved.served.count("POST", "/agent/") == 1
    assert (moved.journal()[-1]["event"], moved.journal()[-1]["exit"]) == ("close", code)


def test_without_a_yes_and_without_the_option(moved: Lab) -> None:
    assert moved.run("verify", str(moved.plan_path), "--exec", *moved.connection()).code == 2
    assert moved.run("verify", str(moved.plan_path), *moved.connection()).code == 0
    assert moved.cluster.sessions == []


def test_docker_lets_no_test_in(lab: Lab) -> None:
    lab.cluster.add(app("/db"))
    lab.cluster.add(app("/web", dependencies=["/db"], container={"type": "DOCKER", "docker": {"image": "x"}}))
    lab.planned("--canary", "none")
    assert lab.apply().code == 0
    result = verify(lab)
    assert result.code == 1
    assert "cannot be tested from here" in result.text
    assert lab.cluster.sessions == []


@pytest.mark.parametrize(
    "stream", [b"", b"x", b"12", b"5\n{}", b"2\n[]", b"3\n{}x", b"-1\nx", b"9999999999\n{}"]
)
def test_streams_that_are_none(stream: bytes) -> None:
    assert output(stream) == ""


def test_the_next_run_is_not_confused(moved: Lab) -> None:
    moved.cluster.session_output = said("calico-migrate-rc=0\n")
    assert verify(moved).code == 0
    sent = len(moved.served.writes())
    assert moved.apply().code == 0
    assert len(moved.served.writes()) == sent
    assert moved.rollback("--all").code == 0
