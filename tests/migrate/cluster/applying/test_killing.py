"""A run that is killed at any moment, and runs that are asked to stop."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.migrate.cluster.lab import SHORT, app, pod

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.migrate.cluster.lab import Lab

# CLUSTER_ROUNDS=100 for the long version.
ROUNDS = int(os.environ.get("CLUSTER_ROUNDS", "4"))


def start(
    lab: Lab, *options: str, stdout: Any = subprocess.PIPE, prefix: tuple[str, ...] = ()
) -> subprocess.Popen[str]:
    command = [
        *prefix, sys.executable, "-m", "calico_migrate", "cluster", "apply", str(lab.plan_path), "--yes",
        *lab.connection(), *SHORT, "--outage-timeout", "5s", *options,
    ]  # fmt: skip
    return subprocess.Popen(command, stdout=stdout, stderr=subprocess.PIPE, text=True)


def until(condition: Callable[[], object], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.005)


def settled(lab: Lab) -> None:
    """Waits for requests that a killed process left on their way."""
    time.sleep(0.05)
    with lab.cluster.lock:
        pass


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_killed_at_random_moments_every_item_is_updated_once(lab: Lab, seed: int) -> None:
    chance = random.Random(seed)
    items = [f"/app-{number}" for number in range(5)]
    for item in items:
        lab.cluster.add(app(item))
    lab.cluster.add(pod("/pod"))
    lab.planned("--canary", "none")
    lab.cluster.start_delay = 0.05
    for _ in range(40):
        process = start(lab, "--max-in-flight", str(chance.choice([1, 3])))
        try:
            # Starting takes a while; what is of interest begins with the first read.
            began = len(lab.served.requests)
            while len(lab.served.requests) == began and process.poll() is None:
                time.sleep(0.002)
            process.wait(timeout=chance.uniform(0.0, 0.35))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.communicate()
        settled(lab)
        if process.returncode == 0:
            break
        assert process.returncode in (-signal.SIGKILL, 1, 4)
    assert lab.apply().code == 0
    assert {item: lab.spec(item).updates for item in (*items, "/pod")} == dict.fromkeys((*items, "/pod"), 1)
    assert {lab.network(item) for item in (*items, "/pod")} == {"calico"}
    numbers = [event["n"] for event in lab.journal()]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_one_signal_lets_what_is_in_flight_end(lab: Lab, name: str) -> None:
    lab.cluster.add(app("/a"))
    lab.cluster.add(app("/b"))
    lab.planned("--canary", "none")
    lab.cluster.start_delay = 0.4
    process = start(lab)
    until(lambda: lab.served.writes())
    process.send_signal(getattr(signal, name))
    process.communicate(timeout=20)
    assert process.returncode == 130
    assert lab.states() == {"/a": "verified"}
    assert lab.journal()[-1]["event"] == "close"
    assert lab.journal()[-1]["exit"] == 130
    assert lab.apply().code == 0


def test_two_signals_end_it_at_once(lab: Lab) -> None:
    lab.cluster.add(app("/a"))
    lab.planned("--canary", "none")
    lab.behave("/a", hang=True)
    process = start(lab, "--item-timeout", "60s")
    until(lambda: lab.states().get("/a") == "rolling")
    process.send_signal(signal.SIGINT)
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=10)
    assert process.returncode == 130
    lab.cluster.behaviours.clear()
    assert lab.apply().code == 0
    assert lab.spec("/a").updates == 1


def test_where_nothing_is_in_flight_one_signal_ends_an_outage(lab: Lab) -> None:
    lab.cluster.add(app("/a"))
    lab.planned("--canary", "none")
    outage = lab.fault("GET", "/v2/deployments$", "502-before", times=10**6)
    process = start(lab, "--outage-timeout", "60s", "--item-timeout", "60s")
    until(lambda: outage.met >= 2)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=10)
    assert process.returncode == 130
    assert lab.journal()[-1]["event"] == "close"
    assert lab.served.writes() == []


def test_what_is_in_flight_is_not_followed_for_ever(lab: Lab) -> None:
    lab.cluster.add(app("/a"))
    lab.planned("--canary", "none")
    lab.cluster.start_delay = 60
    outage = lab.fault("GET", "/v2/apps/a$", "502-before", skip=1, times=10**6)
    process = start(lab, "--outage-timeout", "60s", "--item-timeout", "500ms")
    until(lambda: outage.met >= 3)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=10)
    assert process.returncode == 130
    assert lab.states() == {"/a": "rolling"}
    assert len(lab.served.writes()) == 1


@pytest.mark.skipif(shutil.which("nohup") is None, reason="there is no nohup here")
def test_nohup_outlives_a_terminal_that_hangs_up(lab: Lab) -> None:
    lab.cluster.add(app("/a"))
    lab.cluster.add(app("/b"))
    lab.planned("--canary", "none")
    lab.cluster.start_delay = 0.3
    process = start(lab, prefix=("nohup",))
    until(lambda: lab.served.writes())
    process.send_signal(signal.SIGHUP)
    process.communicate(timeout=20)
    assert process.returncode == 0
    assert lab.states() == {"/a": "verified", "/b": "verified"}


def test_the_pause_file_holds_a_run_and_lets_it_go_on(lab: Lab) -> None:
    lab.cluster.add(app("/a"))
    lab.cluster.add(app("/b"))
    lab.planned("--canary", "none")
    lab.cluster.start_delay = 0.3
    process = start(lab)
    until(lambda: lab.served.writes())
    assert lab.run("pause", str(lab.plan_path)).code == 0
    until(lambda: any(event["event"] == "pause" for event in lab.journal()))
    time.sleep(0.2)
    assert process.poll() is None
    assert lab.states() == {"/a": "verified"}
    assert lab.run("resume", str(lab.plan_path)).code == 0
    out, _ = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "cluster resume" in out
    assert [event["event"] for event in lab.journal() if event["event"] in ("pause", "resume")] == [
        "pause", "resume",
    ]  # fmt: skip


def test_a_run_that_finds_the_pause_file_sends_nothing(lab: Lab) -> None:
    lab.cluster.add(app("/a"))
    lab.planned("--canary", "none")
    assert lab.run("pause", str(lab.plan_path)).code == 0
    result = lab.apply()
    assert result.code == 1
    assert "cluster resume" in result.errors
    assert lab.served.writes() == []
    assert lab.run("resume", str(lab.plan_path)).code == 0
    assert not Path(f"{lab.plan_path}.pause").exists()
    assert lab.apply().code == 0


def test_two_operators(lab: Lab) -> None:
    lab.cluster.add(app("/a"))
    lab.planned("--canary", "none")
    lab.cluster.start_delay = 0.4
    process = start(lab)
    until(lambda: lab.served.writes())
    assert lab.apply().code == 2
    process.communicate(timeout=20)
    assert process.returncode == 0


def test_a_reader_that_leaves_does_not_end_the_run(lab: Lab) -> None:
    lab.cluster.add(app("/a"))
    lab.planned("--canary", "none")
    process = start(lab)
    assert process.stdout is not None
    assert process.stderr is not None
    with process.stderr:
        process.stdout.close()
        process.wait(timeout=20)
    assert process.returncode == 0
    assert lab.states() == {"/a": "verified"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_an_output_that_is_full_does_not_end_the_run_either(lab: Lab) -> None:
    lab.cluster.add(app("/a"))
    lab.planned("--canary", "none")
    with open("/dev/full", "w") as full:
        process = start(lab, "--format", "json", stdout=full)
        assert process.stderr is not None
        with process.stderr:
            process.wait(timeout=20)
    assert process.returncode == 5
    assert lab.states() == {"/a": "verified"}
