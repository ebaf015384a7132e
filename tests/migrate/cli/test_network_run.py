"""`network run` as users and their scripts see it: lines, summary, report, exit codes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from calico_core.errors import OutputError
from calico_migrate.cli import run as calico_migrate
from calico_migrate.network.running import journal as journals
from tests.support.terminals import on_a_terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.migrate.conftest import StandIn

    Make = Callable[..., Path]

NAMES = ["10.0.0.1", "10.0.0.2", "10.0.0.3"]


def ending(word: str, code: int, said: str = "") -> str:
    marker = f"printf 'calico-migrate: web %s result={word} code={code}\\n' \"$HOST\"\n"
    return f"echo {said!r} >&2\n{marker}exit {code}\n"


def test_all_right(generated: Make, stand_in: StandIn, capfd: pytest.CaptureFixture[str]) -> None:
    assert calico_migrate(["network", "run", str(generated(NAMES))]) == 0
    out, err = capfd.readouterr()
    *lines, names, total = out.splitlines()
    assert lines[0] == "10.0.0.1: right: present"
    assert sorted(lines) == [f"{name}: right: present" for name in NAMES]
    assert names == "right: 10.0.0.1, 10.0.0.2, 10.0.0.3"
    assert total == "3 agents: 3 right"
    assert err == ""


@pytest.mark.parametrize(
    "scripts, code, total",
    [
        ({"10.0.0.2": ending("other-network", 14)}, 1, "3 agents: 2 right, 1 with something else"),
        ({"10.0.0.1": ending("other-network", 14)}, 1, "3 agents: 1 with something else, 2 not run"),
        ({"10.0.0.2": ending("store-silent", 13)}, 4, "3 agents: 2 right, 1 failed"),
        ({"10.0.0.1": ending("not-root", 10)}, 4, "3 agents: 1 failed, 2 not run"),
        ({"10.0.0.3": "exit 0\n"}, 4, "3 agents: 2 right, 1 unknown"),
        ({"10.0.0.1": "exit 0\n"}, 4, "3 agents: 1 unknown, 2 not run"),
        (
            {"10.0.0.2": ending("ambiguous", 15), "10.0.0.3": "exit 7\n"},
            4,
            "3 agents: 1 right, 1 with something else, 1 unknown",
        ),
    ],
)
def test_exit_codes(
    generated: Make,
    stand_in: StandIn,
    capfd: pytest.CaptureFixture[str],
    scripts: dict[str, str],
    code: int,
    total: str,
) -> None:
    directory = generated(NAMES, scripts)
    assert calico_migrate(["network", "run", str(directory)]) == code
    out, err = capfd.readouterr()
    assert out.splitlines()[-1] == total
    assert f"network run {directory} --resume" in err


def test_the_report(generated: Make, stand_in: StandIn, capfd: pytest.CaptureFixture[str]) -> None:
    directory = generated(
        NAMES, {"10.0.0.2": ending("other-network", 14, "Its subnet is another."), "10.0.0.3": "exit 0\n"}
    )
    assert calico_migrate(["network", "run", str(directory), "--format", "json"]) == 4
    out, err = capfd.readouterr()
    report = json.loads(out)
    assert report["summary"]["failed"] == 1
    first, second, third = report["files"]
    assert first["agent"] | {"seconds": 0} == {"state": "right", "word": "present", "code": 0, "seconds": 0}
    assert [f["rule"] for f in second["findings"]] == ["agent-differs"]
    assert second["findings"][0]["message"] == "other-network: Its subnet is another."
    assert third["error"]["message"].startswith("unknown: exit code 0 without")
    assert "10.0.0.1: right: present" in err


def test_resume(generated: Make, stand_in: StandIn, capfd: pytest.CaptureFixture[str]) -> None:
    directory = generated(NAMES)
    calico_migrate(["network", "run", str(directory)])
    capfd.readouterr()
    assert calico_migrate(["network", "run", str(directory), "--resume"]) == 0
    names, total = capfd.readouterr().out.splitlines()
    assert names == "right: 10.0.0.1, 10.0.0.2, 10.0.0.3"
    assert total == "3 agents: 3 right (3 of them since an earlier run, not looked at again)"
    assert len(stand_in.hosts()) == 3


def test_quiet(generated: Make, stand_in: StandIn, capfd: pytest.CaptureFixture[str]) -> None:
    directory = generated(NAMES, {"10.0.0.2": "exit 0\n"})
    assert calico_migrate(["network", "run", str(directory), "--quiet"]) == 4
    out, err = capfd.readouterr()
    assert out.startswith("10.0.0.2: unknown: ")
    assert out.count("\n") == 1
    assert err == ""


def test_a_second_run_at_the_same_time(
    generated: Make,
    stand_in: StandIn,
    capfd: pytest.CaptureFixture[str],
) -> None:
    directory = generated(NAMES)
    with journals.lock(str(directory)):
        assert calico_migrate(["network", "run", str(directory)]) == 4
    assert "another `network run` is under way" in capfd.readouterr().err
    assert stand_in.hosts() == []


def test_what_is_no_generated_directory(
    tmp_path: Path,
    generated: Make,
    stand_in: StandIn,
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert calico_migrate(["network", "run", str(tmp_path / "nothing")]) == 3
    assert calico_migrate(["network", "run", str(tmp_path)]) == 3
    directory = generated(NAMES)
    (directory / "agents/10.0.0.2/create-network.sh").unlink()
    assert calico_migrate(["network", "run", str(directory)]) == 3
    (directory / "network.json").write_text("{}")
    assert calico_migrate(["network", "run", str(directory)]) == 3
    assert len(capfd.readouterr().err.splitlines()) == 4
    assert stand_in.hosts() == []


def test_wrong_usage(generated: Make, stand_in: StandIn, tmp_path: Path) -> None:
    directory = str(generated(NAMES))
    for options in (["--parallel", "0"], ["--timeout", "0"], ["--format", "jsonpatch"], ["--nothing"]):
        assert calico_migrate(["network", "run", directory, *options]) == 2
    assert calico_migrate(["network", "run", directory, "--ssh-config", str(tmp_path / "none")]) == 3
    assert stand_in.hosts() == []


def test_no_ssh_on_the_path(generated: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    assert calico_migrate(["network", "run", str(generated(NAMES))]) == 4


def test_a_journal_that_cannot_be_written(
    generated: Make,
    stand_in: StandIn,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    directory = generated(NAMES)

    def full(path: str, *_: object, **__: object) -> None:
        raise OutputError("cannot be written: no space left on device", path=path)

    monkeypatch.setattr("calico_core.writing.create", full)
    assert calico_migrate(["network", "run", str(directory)]) == 5
    assert "no space left on device" in capfd.readouterr().err
    assert stand_in.hosts() == []


def test_a_journal_that_cannot_be_written_any_more(
    generated: Make,
    stand_in: StandIn,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    from calico_core import writing

    directory, create = generated(NAMES), writing.create

    def sometimes(path: str, data: bytes, **options: object) -> None:
        if stand_in.hosts():
            raise OutputError("cannot be written: no space left on device", path=path)
        create(path, data)

    monkeypatch.setattr("calico_core.writing.create", sometimes)
    assert calico_migrate(["network", "run", str(directory)]) == 5
    out, err = capfd.readouterr()
    # What cannot be taken down is not begun.
    assert out.splitlines()[-1] == "3 agents: 1 right, 2 not run"
    assert "the journal is behind" in err
    assert stand_in.hosts() == ["10.0.0.1"]


def test_interrupted(generated: Make, stand_in: StandIn) -> None:
    directory = generated(NAMES, {"10.0.0.2": 'echo $$ >"$STAND_IN/pid"\nsleep 60\n'})
    process = subprocess.Popen(
        [sys.executable, "-m", "calico_migrate", "network", "run", str(directory)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 20
    while not (stand_in.path / "pid").exists() or "10.0.0.3 end" not in stand_in.order():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    # From the stand-in's last line to its end.
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=20)
    assert process.returncode == 130
    assert out.splitlines()[-1] == "3 agents: 2 right, 1 unknown"
    journal = json.loads((directory / "run-journal.json").read_text())
    assert journal["agents"]["10.0.0.2"]["state"] == "unknown"


def test_a_reader_that_goes_away_does_not_end_the_run(generated: Make, stand_in: StandIn) -> None:
    directory = generated(NAMES)
    read, write = os.pipe()
    os.close(read)
    process = subprocess.run(
        [sys.executable, "-m", "calico_migrate", "network", "run", str(directory)],
        stdout=write,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(write)
    assert process.returncode == 0
    assert len(stand_in.hosts()) == 3
    journal = json.loads((directory / "run-journal.json").read_text())
    assert [entry["state"] for entry in journal["agents"].values()] == ["right"] * 3


def test_a_terminal_gets_a_bar(generated: Make, stand_in: StandIn) -> None:
    directory = generated(NAMES, {"10.0.0.3": "sleep 0.5\n" + ending("present", 0)})
    code, text = on_a_terminal("network", "run", str(directory), COLUMNS="100")
    assert code == 0
    assert "2/3" in text
    assert "\x1b[" in text
    assert "3 agents: 3 right" in text
