"""What is asked and refused before anything is sent."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import signal
import subprocess
import sys
import termios
import time
from typing import TYPE_CHECKING

import pytest

from tests.migrate.cluster.lab import SHORT, app
from tests.support.terminals import shown

if TYPE_CHECKING:
    from tests.migrate.cluster.lab import Lab


def typed(lab: Lab, text: str) -> int:
    """The exit code of a run at a terminal where somebody types this."""
    ours, theirs = pty.openpty()
    command = [
        sys.executable, "-m", "calico_migrate", "cluster", "apply", str(lab.plan_path),
        *lab.connection(), *SHORT,
    ]  # fmt: skip
    process = subprocess.Popen(command, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    os.close(theirs)
    os.write(ours, f"{text}\n".encode())
    process.communicate(timeout=30)
    os.close(ours)
    return process.returncode


def test_the_clusters_name_is_typed(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    lab.planned("--canary", "none")
    for wrong in ("yes", "", "test", lab.cluster.id):
        assert typed(lab, str(wrong)) == 2
    assert lab.served.writes() == []
    assert not os.path.exists(f"{lab.plan_path}.journal")
    assert typed(lab, "prod") == 0


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_one_signal_leaves_the_question(lab: Lab, name: str) -> None:
    lab.cluster.add(app("/web"))
    lab.planned("--canary", "none")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "calico_migrate", "cluster", "apply", str(lab.plan_path)]
    process = subprocess.Popen(
        [*command, *lab.connection()], stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    os.close(theirs)
    assert process.stderr is not None
    said = b""
    while b"to go on" not in said:
        said += os.read(process.stderr.fileno(), 65536)
    process.send_signal(getattr(signal, name))
    process.communicate(timeout=10)
    os.close(ours)
    assert process.returncode == 130
    assert lab.served.writes() == []
    assert not os.path.exists(f"{lab.plan_path}.journal")


def test_without_a_name_it_is_the_id(lab: Lab) -> None:
    lab.cluster.name = ""
    lab.cluster.add(app("/web"))
    lab.planned("--canary", "none")
    assert lab.read_plan()["cluster"]["name"] is None
    assert typed(lab, str(lab.cluster.id)) == 0


@pytest.mark.parametrize("name", ["DCOS_SSL_VERIFY", "DCOS_TLS_INSECURE"])
def test_an_insecure_environment_needs_its_own_word(lab: Lab, name: str) -> None:
    lab.cluster.add(app("/web"))
    lab.environment[name] = "false" if name == "DCOS_SSL_VERIFY" else "1"
    lab.planned("--canary", "none")
    result = lab.apply()
    assert result.code == 2
    assert "--insecure" in result.errors
    assert lab.rollback("--all").code == 2
    assert lab.served.writes() == []
    assert lab.apply("--insecure").code == 0
    assert lab.journal()[0]["insecure"] is True
    assert lab.journal()[1]["event"] == "note"
    assert lab.journal()[1]["text"] == "certificates were not checked in this run"


def at_terminal(
    lab: Lab, *options: str, ignored: tuple[int, ...] = ()
) -> tuple[subprocess.Popen[bytes], int]:
    """A run on a terminal of its own, and our end of that terminal."""
    ours, theirs = pty.openpty()
    command = [
        sys.executable, "-m", "calico_migrate", "cluster", "apply", str(lab.plan_path), "--yes",
        *lab.connection(), *SHORT, *options,
    ]  # fmt: skip
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "120", "LINES": "40"}

    def begin() -> None:
        fcntl.ioctl(theirs, termios.TIOCSCTTY, 0)
        for number in ignored:
            signal.signal(number, signal.SIG_IGN)

    process = subprocess.Popen(
        command,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment,
        start_new_session=True,
        preexec_fn=begin,
    )
    os.close(theirs)
    return process, ours


def test_a_display_on_a_terminal(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    lab.cluster.start_delay = 0.3
    lab.planned("--canary", "none")
    lab.fault("GET", "/v2/apps/web$", "502-before", skip=1, times=2)
    process, ours = at_terminal(lab, "--outage-timeout", "10s")
    seen = shown(ours)
    assert process.wait(timeout=20) == 0
    assert b"0 of 1 done" in seen
    assert b"marathon:/web: verified" in seen
    # What is said beside it stands in lines of its own above it.
    assert re.search(rb"\x1b\[2Ktrying again: [^\r\n]*HTTP 502[^\r\n]*\r\n", seen)
    # Behind the display, which wipes out its last lines as it ends.
    assert seen.endswith(b"\x1b[2K1 verified\r\n")


@pytest.mark.parametrize(("ignored", "code"), [((), 130), ((signal.SIGHUP,), 5)])
def test_a_terminal_that_hangs_up_ends_nothing_in_the_middle(
    lab: Lab, ignored: tuple[int, ...], code: int
) -> None:
    lab.cluster.add(app("/a"))
    lab.cluster.add(app("/b"))
    lab.cluster.start_delay = 0.5
    lab.planned("--canary", "none")
    process, ours = at_terminal(lab, ignored=ignored)
    end = time.monotonic() + 20
    while not lab.served.writes():
        assert time.monotonic() < end
        time.sleep(0.005)
    os.close(ours)
    assert process.wait(timeout=20) == code
    assert lab.journal()[-1]["event"] == "close"
    assert lab.states() == ({"/a": "verified", "/b": "verified"} if ignored else {"/a": "verified"})
