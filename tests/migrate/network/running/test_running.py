"""Running the scripts: order, roles, what is known afterwards, and every way in which it may go wrong."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from calico_core.errors import InputError, LiveError
from calico_migrate.network.generated import load
from calico_migrate.network.running import journal as journals
from calico_migrate.network.running import running
from calico_migrate.network.running.outcomes import AgentOutcome, State
from calico_migrate.network.running.running import RunResult, RunSettings
from calico_migrate.network.running.ssh import SshSettings, command

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.migrate.conftest import StandIn

    Make = Callable[..., Path]

NAMES = [f"10.0.0.{number}" for number in range(1, 6)]
QUICK = RunSettings(parallel=4, timeout=30)

DIFFERENT = """
echo "Its subnet is '10.2.0.0/16', not '10.1.0.0/16'." >&2
printf 'calico-migrate: web %s result=other-network code=14\\n' "$HOST"
exit 14
"""
FAILED = """
echo "Docker does not answer." >&2
printf 'calico-migrate: web %s result=docker-not-ready code=11\\n' "$HOST"
exit 11
"""


def run(directory: Path, *, resume: bool = False, settings: RunSettings = QUICK) -> RunResult:
    reported: list[AgentOutcome] = []
    result = running.run(load(str(directory), complete=True), settings, resume=resume, report=reported.append)
    sent = [
        o.agent for o in result.outcomes if o.state is not State.NOT_RUN and o.agent not in result.skipped
    ]
    assert sorted(outcome.agent for outcome in reported) == sorted(sent)
    return result


def states(result: RunResult) -> list[str]:
    return [outcome.state.value for outcome in result.outcomes]


def in_journal(directory: Path) -> list[str]:
    document = json.loads((directory / "run-journal.json").read_text())
    return [document["agents"][name]["state"] for name in NAMES]


def test_the_creator_first_then_all_others(generated: Make, stand_in: StandIn) -> None:
    directory = generated(NAMES)
    result = run(directory)
    assert states(result) == ["right"] * 5
    assert [outcome.agent for outcome in result.outcomes] == NAMES
    assert stand_in.order()[:2] == ["10.0.0.1 begin", "10.0.0.1 end"]
    assert sorted(stand_in.hosts()) == NAMES
    assert in_journal(directory) == ["right"] * 5


def test_the_creator_may_stand_anywhere(generated: Make, stand_in: StandIn) -> None:
    directory = generated(NAMES, create_on="10.0.0.4")
    assert states(run(directory)) == ["right"] * 5
    assert stand_in.order()[:2] == ["10.0.0.4 begin", "10.0.0.4 end"]


def test_others_run_in_parallel_within_bounds(generated: Make, stand_in: StandIn) -> None:
    names = [f"10.0.0.{number}" for number in range(1, 10)]
    scripts = dict.fromkeys(
        names, "sleep 0.3\nprintf 'calico-migrate: web %s result=present code=0\\n' \"$HOST\"\n"
    )
    directory = generated(names, scripts)
    assert states(run(directory)) == ["right"] * 9
    running_now = most = 0
    for line in stand_in.order():
        running_now += 1 if line.endswith("begin") else -1
        most = max(most, running_now)
    assert 1 < most <= 4


def test_how_ssh_is_called(generated: Make, stand_in: StandIn) -> None:
    directory = generated(["10.0.0.1"])
    settings = QUICK._replace(ssh=SshSettings(config="/etc/my config", connect_timeout=7))
    run(directory, settings=settings)
    *options, separator, host, remote = stand_in.arguments()
    assert options == ["-o", "BatchMode=yes", "-T", "-o", "ConnectTimeout=7", "-F", "/etc/my config"]
    assert (separator, host) == ("--", "10.0.0.1")
    assert "sudo -n sh -s" in remote
    assert "StrictHostKeyChecking" not in " ".join(options)
    assert command(SshSettings(connect_timeout=0), "a", ["--verify"])[1:4] == ["-o", "BatchMode=yes", "-T"]


def test_whoever_is_not_root_has_root_read_the_script(generated: Make, stand_in: StandIn) -> None:
    (stand_in.path / "id").write_text('#!/bin/sh\necho "${AS_ROOT:-1000}"\n')
    (stand_in.path / "id").chmod(0o755)
    script = "printf 'calico-migrate: web %s result=created code=0\\n' \"$HOST\"\n"
    sudo = stand_in.path / "sudo"
    sudo.write_text(sudo.read_text().replace("shift\n", 'shift\necho "$*" >>"$STAND_IN/sudo-calls"\n'))
    assert states(run(generated(["10.0.0.1"], {"10.0.0.1": script}))) == ["right"]
    assert (stand_in.path / "sudo-calls").read_text() == "sh -s --\n"


def test_without_the_right_to_be_root_nothing_is_known(generated: Make, stand_in: StandIn) -> None:
    for name, text in (("id", "echo 1000\n"), ("sudo", "echo 'sudo: a password is required' >&2; exit 1\n")):
        (stand_in.path / name).write_text("#!/bin/sh\n" + text)
        (stand_in.path / name).chmod(0o755)
    result = run(generated(["10.0.0.1"]))
    assert states(result) == ["unknown"]
    assert "sudo: a password is required" in result.outcomes[0].message


def test_only_options_reach_the_remote_shell() -> None:
    for argument in ("--a;b", "x", "--$(reboot)", "--", "-x", "--a b"):
        with pytest.raises(ValueError, match="no option"):
            command(SshSettings(), "a", [argument])


def test_the_whole_script_arrives_on_standard_input(generated: Make, stand_in: StandIn) -> None:
    filler = "# " + "x" * 500 + "\n"
    script = "total=0\n" + (filler + "total=$((total + 1))\n") * 400
    script += "[ $total -eq 400 ] && printf 'calico-migrate: web %s result=created code=0\\n' \"$HOST\"\n"
    assert states(run(generated(["10.0.0.1"], {"10.0.0.1": script}))) == ["right"]


def test_while_the_creator_is_not_right_nobody_else_is_touched(generated: Make, stand_in: StandIn) -> None:
    directory = generated(NAMES, {"10.0.0.1": DIFFERENT})
    result = run(directory)
    assert states(result) == ["different"] + ["not-run"] * 4
    assert stand_in.hosts() == ["10.0.0.1"]
    assert "10.2.0.0/16" in result.outcomes[0].message
    assert "10.0.0.1, which creates the network, is not right yet" in result.outcomes[1].message
    assert in_journal(directory) == ["different"] + ["not-run"] * 4


def test_each_agent_is_told_apart(generated: Make, stand_in: StandIn) -> None:
    scripts = {"10.0.0.2": DIFFERENT, "10.0.0.3": FAILED, "10.0.0.4": "exit 0\n", "10.0.0.5": "kill -9 $$\n"}
    directory = generated(NAMES, scripts)
    result = run(directory)
    assert states(result) == ["right", "different", "failed", "unknown", "unknown"]
    assert [o.code for o in result.outcomes] == [0, 14, 11, None, None]
    document = json.loads((directory / "run-journal.json").read_text())
    assert document["agents"]["10.0.0.2"]["errors"] == ["Its subnet is '10.2.0.0/16', not '10.1.0.0/16'."]


def test_ssh_itself_fails(generated: Make, stand_in: StandIn) -> None:
    stand_in.behave("10.0.0.2", "echo 'Host key verification failed.' >&2; exit 255\n")
    result = run(generated(NAMES))
    assert states(result) == ["right", "unknown", "right", "right", "right"]
    assert result.outcomes[1].message == "Host key verification failed."


def test_a_timeout_leaves_the_agent_unknown_and_no_process_behind(generated: Make, stand_in: StandIn) -> None:
    scripts = {"10.0.0.2": 'echo $$ >"$STAND_IN/pid"\nsleep 60\n'}
    directory = generated(NAMES, scripts)
    started = time.monotonic()
    result = run(directory, settings=QUICK._replace(timeout=1.0))
    assert time.monotonic() - started < 10
    assert states(result) == ["right", "unknown", "right", "right", "right"]
    assert "no answer within 1 s" in result.outcomes[1].message
    pid = int((stand_in.path / "pid").read_text())
    assert is_gone(pid)


def test_a_connection_that_stays_open_in_the_background_is_not_waited_for(
    generated: Make, stand_in: StandIn
) -> None:
    # As a control master does, with the standard streams of the first connection.
    stand_in.behave("10.0.0.1", 'sleep 20 &\necho $! >"$STAND_IN/pid"\n')
    started = time.monotonic()
    assert states(run(generated(["10.0.0.1"]))) == ["right"]
    assert time.monotonic() - started < 5
    os.kill(int((stand_in.path / "pid").read_text()), signal.SIGTERM)


def test_resume_runs_only_what_is_not_right(generated: Make, stand_in: StandIn) -> None:
    directory = generated(NAMES, {"10.0.0.3": FAILED})
    assert states(run(directory)) == ["right", "right", "failed", "right", "right"]
    before = len(stand_in.hosts())
    generated(NAMES)
    result = run(directory, resume=True)
    assert stand_in.hosts()[before:] == ["10.0.0.3"]
    assert states(result) == ["right"] * 5
    assert result.skipped == {"10.0.0.1", "10.0.0.2", "10.0.0.4", "10.0.0.5"}
    assert in_journal(directory) == ["right"] * 5


def test_resume_begins_with_the_creator_while_it_is_not_right(generated: Make, stand_in: StandIn) -> None:
    directory = generated(NAMES, {"10.0.0.1": "exit 1\n"})
    run(directory)
    generated(NAMES)
    assert states(run(directory, resume=True)) == ["right"] * 5
    assert stand_in.order()[:4] == ["10.0.0.1 begin", "10.0.0.1 end", "10.0.0.1 begin", "10.0.0.1 end"]


def test_without_resume_everybody_is_looked_at_again(generated: Make, stand_in: StandIn) -> None:
    directory = generated(NAMES)
    run(directory)
    run(directory)
    assert len(stand_in.hosts()) == 10


def test_another_promise_is_not_resumed(generated: Make, stand_in: StandIn) -> None:
    directory = generated(NAMES)
    run(directory)
    generated(NAMES, block_size=25)
    run(directory, resume=True)
    assert len(stand_in.hosts()) == 10


def test_a_second_run_is_kept_out(generated: Make, stand_in: StandIn) -> None:
    directory = generated(NAMES)
    with journals.lock(str(directory)), pytest.raises(LiveError, match="under way"):
        run(directory)
    assert stand_in.hosts() == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interruption_ends_the_children_and_leaves_a_true_journal(
    generated: Make, stand_in: StandIn, number: signal.Signals
) -> None:
    script = 'echo $$ >"$STAND_IN/pid-$HOST"\nsleep 60\n'
    directory = generated(NAMES, {"10.0.0.2": script, "10.0.0.3": script})
    program = (
        "import sys\n"
        "from calico_migrate.network.generated import load\n"
        "from calico_migrate.network.running import running\n"
        "settings = running.RunSettings(parallel=2, timeout=30)\n"
        "result = running.run(load(sys.argv[1], complete=True), settings, resume=False, report=lambda o: None)\n"
        "print([o.state.value for o in result.outcomes], result.interrupted)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", program, str(directory)], stdout=subprocess.PIPE)
    pids = [stand_in.path / f"pid-{name}" for name in ("10.0.0.2", "10.0.0.3")]
    deadline = time.monotonic() + 20
    while not all(path.exists() and path.read_text().strip() for path in pids):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    process.send_signal(number)
    output, _ = process.communicate(timeout=20)
    assert output.decode() == "['right', 'unknown', 'unknown', 'not-run', 'not-run'] True\n"
    assert in_journal(directory) == ["right", "unknown", "unknown", "not-run", "not-run"]
    assert all(is_gone(int(path.read_text())) for path in pids)


def test_a_run_that_is_killed_leaves_nobody_called_right_or_untouched(
    generated: Make, stand_in: StandIn
) -> None:
    directory = generated(NAMES, {"10.0.0.2": "kill -9 $RUNNER\nsleep 5\n"})
    program = (
        "import os, sys\n"
        "os.environ['RUNNER'] = str(os.getpid())\n"
        "from calico_migrate.network.generated import load\n"
        "from calico_migrate.network.running import running\n"
        "settings = running.RunSettings(parallel=1, timeout=30)\n"
        "running.run(load(sys.argv[1], complete=True), settings, resume=False, report=lambda o: None)\n"
    )
    assert subprocess.run([sys.executable, "-c", program, str(directory)], check=False).returncode == -9
    assert in_journal(directory) == ["right"] + ["unknown"] * 4
    generated(NAMES)
    assert states(run(directory, resume=True)) == ["right"] * 5


def test_ssh_is_not_there(generated: Make, stand_in: StandIn) -> None:
    settings = QUICK._replace(ssh=SshSettings(program=str(stand_in.path / "nothing")))
    result = run(generated(["10.0.0.1"]), settings=settings)
    assert states(result) == ["not-run"]
    assert "ssh cannot be started: no such file" in result.outcomes[0].message


@pytest.mark.parametrize("name", ["-oProxyCommand=reboot", "a b", "$(reboot)", "../../etc", "a@b", ""])
def test_no_name_in_the_promise_becomes_an_option_or_a_path(generated: Make, name: str) -> None:
    directory = generated(["10.0.0.1"])
    promise = json.loads((directory / "network.json").read_text())
    promise["agents"].append({"name": name, "role": "join"})
    (directory / "network.json").write_text(json.dumps(promise))
    with pytest.raises(InputError):
        load(str(directory), complete=True)


def test_a_promise_that_does_not_hold_together(generated: Make) -> None:
    directory = generated(NAMES)
    path = directory / "network.json"
    promise = json.loads(path.read_text())
    changes: list[dict[str, object]] = [
        {"createOn": "10.9.9.9"},
        {"agents": promise["agents"] * 2},
        {"network": "$(reboot)"},
        {"network": "a\nb"},
        {"profile": "\x1b[2J"},
        {"cidr": "10.1.0.0/16; reboot"},
    ]
    for change in changes:
        path.write_text(json.dumps(promise | change))
        with pytest.raises(InputError):
            load(str(directory), complete=True)
    generated([])
    with pytest.raises(InputError, match="there is no agent"):
        load(str(directory), complete=True)
    with pytest.raises(InputError, match=r"network\.json: cannot be read"):
        load(str(directory / "agents"), complete=True)


def test_missing_scripts_are_noticed_before_anything_is_done(generated: Make) -> None:
    directory = generated(NAMES)
    load(str(directory), complete=True)
    (directory / "agents/10.0.0.4/create-network.sh").unlink()
    with pytest.raises(InputError, match="script is missing"):
        load(str(directory), complete=True)


def test_a_flood_of_output_is_cut_off(
    generated: Make, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("calico_migrate.network.running.ssh.MOST_OUTPUT", 100_000)
    result = run(generated(["10.0.0.1"], {"10.0.0.1": "yes\n"}))
    assert states(result) == ["unknown"]
    assert "more output" in result.outcomes[0].message


def is_gone(pid: int) -> bool:
    """Whether a process has ended, within a few seconds; a zombie has."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            with open(f"/proc/{pid}/stat") as file:
                if file.read().rpartition(")")[2].split()[0] == "Z":
                    return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.05)
    return False


def test_systems_that_cannot_tell_of_an_end(
    generated: Make, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "pidfd_open", raising=False)
    scripts = {"10.0.0.2": "sleep 60\n", "10.0.0.3": "sleep 0.3\n"}
    result = run(generated(NAMES, scripts), settings=QUICK._replace(timeout=1.0))
    assert states(result) == ["right", "unknown", "unknown", "right", "right"]
