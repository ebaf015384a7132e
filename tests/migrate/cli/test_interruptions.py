"""How commands end for Ctrl-C, SIGTERM and SIGHUP: cleaned up, and ended by the signal itself."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

OLD = '{"id": "/a%d", "cmd": "sleep 1", "networks": [{"mode": "container", "name": "dcos"}]}'
NEW = OLD.replace("dcos", "calico")
# What the program does before its file is replaced, in a process that says when it is there.
PAUSED = """
import os, signal, sys, time
from calico_migrate.__main__ import command
step, function = sys.argv.pop(1), getattr(os, sys.argv.pop(1))
def paused(*arguments, **options):
    result = function(*arguments, **options)
    if str(arguments[0]).endswith(".tmp"):
        print("here", file=sys.__stdout__, flush=True)
        time.sleep(30)
    return result
setattr(os, function.__name__, paused)
command()
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
@pytest.mark.parametrize("step", ["open", "chmod"])
def test_no_temporary_file_stays(number: signal.Signals, step: str, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    tree.mkdir()
    for name in range(3):
        (tree / f"{name}.json").write_text(OLD % name)
    process = subprocess.Popen(
        [sys.executable, "-c", PAUSED, "x", step, "marathon", "-w", str(tree)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"here\n"
    process.send_signal(number)
    _, error = process.communicate(timeout=30)
    assert process.returncode == (130 if number is signal.SIGINT else -number)
    assert error == b"calico-migrate: interrupted\n"
    assert sorted(path.name for path in tree.iterdir()) == ["0.json", "1.json", "2.json"]
    for name in range(3):
        assert (tree / f"{name}.json").read_text() in (OLD % name, NEW % name)


def test_what_is_ignored_stays_ignored(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys; signal.signal(signal.SIGHUP, signal.SIG_IGN);"
        " os.execv(sys.executable, [sys.executable, '-m', 'calico_migrate', 'marathon', '-'])"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin is not None
    process.stdin.write(b" " * 1_000_000)
    process.stdin.flush()
    process.send_signal(signal.SIGHUP)
    out, _ = process.communicate((OLD % 1).encode(), timeout=60)
    assert process.returncode == 0
    assert out.decode().strip() == NEW % 1


@pytest.mark.parametrize("module", ["typer", "calico_core.findings"])
def test_ctrl_c_while_it_starts(module: str, tmp_path: Path) -> None:
    slow = (
        "import sys, time\n"
        "class Slow:\n"
        "    def find_spec(self, name, *rest):\n"
        f"        if name == {module!r}:\n"
        "            print('here', flush=True)\n"
        "            time.sleep(30)\n"
        "sys.meta_path.insert(0, Slow())\n"
        "from calico_migrate.__main__ import command\n"
        "command()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", slow, "marathon", "-"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"here\n"
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=30)
    assert (process.returncode, error) == (130, b"calico-migrate: interrupted\n")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_no_process_that_works_for_it_outlives_it(number: signal.Signals, tmp_path: Path) -> None:
    code = (
        "import os, time\n"
        "from concurrent.futures import ProcessPoolExecutor\n"
        "from calico_core import signals\n"
        "signals.install()\n"
        "pool = ProcessPoolExecutor(2, initializer=signals.leave_to_parent)\n"
        "try:\n"
        "    print(*pool.map(abs, range(2)), flush=True)\n"
        "    time.sleep(30)\n"
        "finally:\n"
        "    os._exit(3)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"0 1\n"
    process.send_signal(number)
    # Its children have these pipes too: they are at an end when the children are.
    _, error = process.communicate(timeout=30)
    assert (process.returncode, error) == (3 if number is signal.SIGTERM else -number, b"")


# A signal comes where Python drops exceptions: in a finalizer, as the import system has them.
DROPPED = """
import os, signal, sys, time, weakref
from calico_core import signals
signal.signal(signal.SIGINT, signal.default_int_handler)
signals._SOON = float(sys.argv[2])
signals.install()
class Thing:
    pass
def ended(_):
    os.kill(os.getpid(), int(sys.argv[1]))
    for _ in range(1000):
        pass
thing = Thing()
kept = weakref.ref(thing, ended)
try:
    del thing
    time.sleep(20)
    print("lost")
except KeyboardInterrupt:
    print("heard", signals.received())
"""


# The shorter time is over before the hook for dropped exceptions ends, as on a busy machine.
@pytest.mark.parametrize("soon", ["0.001", "0.000001"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_an_interruption_is_heard_wherever_it_comes(number: signal.Signals, soon: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", DROPPED, str(int(number)), soon], capture_output=True, timeout=30, check=True
    )
    expected = None if number is signal.SIGINT else int(number)
    assert done.stdout.decode().split() == ["heard", str(expected)]
    assert done.stderr == b""
