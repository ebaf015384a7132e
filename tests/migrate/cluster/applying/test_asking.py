"""What is asked and refused before anything is sent."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.migrate.cluster.lab import SHORT, app

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


def test_a_display_on_a_terminal(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    lab.cluster.start_delay = 0.3
    lab.planned("--canary", "none")
    ours, theirs = pty.openpty()
    command = [
        sys.executable, "-m", "calico_migrate", "cluster", "apply", str(lab.plan_path), "--yes",
        *lab.connection(), *SHORT,
    ]  # fmt: skip
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "120", "LINES": "40"}
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    seen = b""
    while True:
        try:
            data = os.read(ours, 65536)
        except OSError:
            break
        if not data:
            break
        seen += data
    os.close(ours)
    assert process.wait(timeout=20) == 0
    assert b"0 of 1 done" in seen
    assert b"marathon:/web: verified" in seen
