"""When items may be begun, tests of one's own, and what becomes of an item that failed."""

from __future__ import annotations

import json
import os
import stat
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from calico_migrate.cluster.applying.settings import RunSettings
from tests.migrate.cluster.lab import app, pod

if TYPE_CHECKING:
    from tests.migrate.cluster.lab import Lab


def script(folder: Path, text: str) -> str:
    path = folder / "probe"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@pytest.mark.parametrize(
    ("window", "minute", "expected"),
    [
        (None, 0, True),
        ((60, 120), 59, False),
        ((60, 120), 60, True),
        ((60, 120), 120, False),
        ((1320, 330), 1400, True),
        ((1320, 330), 10, True),
        ((1320, 330), 330, False),
    ],
)
def test_a_window(window: tuple[int, int] | None, minute: int, expected: bool) -> None:
    assert RunSettings(window=window).is_in_window(minute) is expected


@pytest.mark.parametrize("text", ["22-05", "24:00-01:00", "1:00-2:00", "10:00-10:00", ""])
def test_what_is_no_window(lab: Lab, text: str) -> None:
    lab.cluster.add(app("/web"))
    lab.planned()
    assert lab.apply("--window", text).code == 2


def test_inside_the_window(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    lab.planned("--canary", "none")
    now = time.localtime()
    later = (now.tm_hour + 2) % 24
    assert lab.apply("--window", f"{now.tm_hour:02}:00-{later:02}:59").code == 0


@pytest.mark.parametrize(
    ("text", "code", "state"),
    [
        ("exit 0", 0, "verified"),
        ("echo no >&2; exit 1", 4, "failed"),
        ("exit 7", 1, "inconclusive"),
    ],
)
def test_a_probe_is_the_last_gate(lab: Lab, text: str, code: int, state: str) -> None:
    lab.cluster.add(app("/web"))
    lab.planned("--canary", "none")
    assert lab.apply("--probe", script(lab.path, text)).code == code
    assert lab.states() == {"/web": state}
    gates = [event for event in lab.journal() if event["event"] == "gate"]
    assert gates[-1]["gate"] == "probe"
    if code == 4:
        assert gates[-1]["why"].endswith("with 1: no")


def test_a_probe_is_told_the_item(lab: Lab) -> None:
    lab.cluster.add(app("/shop/web"))
    lab.planned("--canary", "none")
    out = lab.path / "told"
    command = script(
        lab.path, f'echo "$CALICO_MIGRATE_ITEM $CALICO_MIGRATE_TEAM $CALICO_MIGRATE_ADDRESSES" > {out}'
    )
    assert lab.apply("--probe", command).code == 0
    words = out.read_text().split()
    assert words[:2] == ["marathon:/shop/web", "shop"]
    assert all(word.startswith("172.29.") for word in words[2:])


def test_a_probe_that_is_none(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    lab.planned("--canary", "none")
    assert lab.apply("--probe", "/no/such/program").code == 1
    assert lab.states() == {"/web": "inconclusive"}


@pytest.mark.parametrize("command", ["", " ", "test '"])
def test_a_probe_that_is_no_command(lab: Lab, command: str) -> None:
    lab.cluster.add(app("/web"))
    lab.planned("--canary", "none")
    assert lab.apply("--probe", command).code == 2
    assert lab.served.writes() == []


@pytest.mark.parametrize("fields", [{"unhealthy": True}, {"no_room": True}])
@pytest.mark.parametrize("make", [app, pod])
def test_a_failed_item_goes_back_where_that_is_asked_for(
    lab: Lab, fields: dict[str, bool], make: object
) -> None:
    assert callable(make)
    lab.cluster.add(app("/a"))
    lab.cluster.add(make("/b"))
    lab.planned("--canary", "none")
    lab.behave("/b", **fields)
    result = lab.apply("--on-failure", "rollback", "--item-timeout", "300ms")
    assert result.code == 4
    assert lab.states() == {"/a": "verified", "/b": "rolled-back"}
    assert (lab.network("/a"), lab.network("/b")) == ("calico", "dcos")
    sent = [event for event in lab.journal() if event["event"] == "intent"]
    assert {tuple(event)[4:] for event in sent} == {("item", "request", "saw")}
    # The run ended while the way back was being sent: the next one knows which way that was.
    last = sent[-1]["n"]
    journal = Path(f"{lab.plan_path}.journal")
    journal.write_text("".join(f"{json.dumps(event)}\n" for event in lab.journal()[:last]))
    lab.behave("/b")
    lab.apply("--item", "/a")
    assert lab.states()["/b"] == "rolled-back"
    assert lab.network("/b") == "dcos"


def test_the_token_of_a_command(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    command = script(lab.path, f"cat {lab.token}")
    arguments = ("snapshot", "-o", str(lab.path / "s"), "--url", lab.served.url)
    assert lab.run(*arguments, "--token-command", command).code == 0
    assert lab.run(*arguments, "--token-command", "false").code == 2
    other = ("snapshot", "-o", str(lab.path / "t"), "--url", lab.served.url)
    assert lab.run(*other, "--token-command", "false").code == 3
    assert lab.run(*other, "--token-command", "/no/such").code == 3
    assert lab.run(*other, "--token-command", "echo '").code == 2
    assert lab.run(*other, "--token-command", " ").code == 2
    assert lab.run(*other, "--token-command", command, "--token-file", str(lab.token)).code == 2
    assert not os.path.exists(lab.path / "t")
