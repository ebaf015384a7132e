"""`network run` and `network verify --live` against real sshd, real dockerd and a real cluster store."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

from calico_migrate.network.directory import write_directory
from calico_migrate.network.generation import generate

if TYPE_CHECKING:
    from pathlib import Path

    from tests.real.lab import Ended, Lab

Make = Any


def written(one: Any, folder: Path, **changes: Any) -> Path:
    """The network's generated directory, below ``folder``."""
    directory = folder / str(one.name)
    write_directory(str(directory), generate(one.settings._replace(**changes)))
    return directory


def calico_migrate(lab: Lab, *arguments: str | Path, **options: Any) -> Ended:
    """The command on the workstation, where `ssh` knows the agents."""
    return lab.inside(sys.executable, "-m", "calico_migrate", "network", *map(str, arguments), **options)


def states(directory: Path) -> dict[str, str]:
    journal = json.loads((directory / "run-journal.json").read_text())
    return {agent: entry["state"] for agent, entry in journal["agents"].items()}


def test_twenty_agents_get_one_network(fleet: Lab, network: Make, tmp_path: Path) -> None:
    one = network(fleet)
    directory = written(one, tmp_path)

    first = calico_migrate(fleet, "run", directory)
    assert (first.code, first.err) == (0, "")
    lines = first.out.splitlines()
    assert lines[0] == "10.99.0.1: right: created"
    assert lines[-1] == "20 agents: 20 right"
    assert all(line.endswith(": right: present") for line in lines[1:-2])
    assert set(states(directory).values()) == {"right"}
    ids = {agent.inspect(one.name)["Id"] for agent in fleet.agents}
    assert len(ids) == 1
    assert all(agent.cni_file(one.name) for agent in fleet.agents)

    again = calico_migrate(fleet, "run", directory)
    assert again.code == 0
    assert "created" not in again.out
    assert {agent.inspect(one.name)["Id"] for agent in fleet.agents} == ids

    live = calico_migrate(fleet, "verify", directory, "--live")
    assert (live.code, live.out) == (0, "20 compared: 20 as promised\n")


def test_collected_files_are_verified(pair: Lab, network: Make, tmp_path: Path) -> None:
    one = network(pair)
    directory = written(one, tmp_path)
    assert calico_migrate(pair, "run", directory).code == 0

    collected = tmp_path / "collected"
    collected.mkdir()

    def collect() -> list[str | Path]:
        for agent in pair.agents:
            inspected = agent.run("sh", "-c", "docker network inspect $(docker network ls -q)")
            (collected / f"{agent.address}.json").write_text(inspected.out)
        for kind in ("ippool", "profile"):
            for form in ("json", "yaml"):
                shown = pair.agents[0].run("/opt/mesosphere/bin/calicoctl", "get", kind, "-o", form)
                (tmp_path / f"{kind}.{form}").write_text(shown.out)
        return ["verify", directory, "--inspect", collected]

    for form in ("json", "yaml"):
        files = ("--pools", tmp_path / f"ippool.{form}", "--profiles", tmp_path / f"profile.{form}")
        verified = calico_migrate(pair, *collect(), *files)
        assert (verified.code, verified.out) == (0, "4 compared: 4 as promised\n")

    # Another network on the subnet takes the pool's annotation over, and Docker says nothing.
    second = one.docker_create(pair.agents[1])
    second[-1] = f"{one.name}-2"
    assert pair.agents[1].run(*second).code == 0
    try:
        verified = calico_migrate(pair, *collect(), "--pools", tmp_path / "ippool.json")
        assert verified.code == 1
        assert "subnet-used-twice" in verified.out
        assert "annotation-differs" in verified.out
    finally:
        pair.agents[1].run("docker", "network", "rm", f"{one.name}-2")

    pair.agents[0].run("docker", "network", "rm", one.name)
    verified = calico_migrate(pair, *collect())
    assert verified.code == 1
    assert verified.out.count("network-missing") == 2


def test_an_unreachable_agent_and_a_wrong_host_key(pair: Lab, network: Make, tmp_path: Path) -> None:
    one = network(pair, agents=("10.99.0.1", "10.99.0.2", "10.99.0.77"))
    directory = written(one, tmp_path)
    known = pair.directory / "known_hosts"
    before = known.read_text()
    key = (pair.directory / "user_key.pub").read_text().split()
    wrong = [
        f"10.99.0.2 {key[0]} {key[1]}" if line.startswith("10.99.0.2 ") else line
        for line in before.splitlines()
    ]
    known.write_text("\n".join(wrong) + "\n")
    try:
        ran = calico_migrate(pair, "run", directory, "--connect-timeout", "2")
        assert ran.code == 4
        assert "10.99.0.2: unknown: Host key verification failed." in ran.out
        assert "10.99.0.77: unknown: ssh: connect to host 10.99.0.77 port 22" in ran.out
        assert states(directory) == {"10.99.0.1": "right", "10.99.0.2": "unknown", "10.99.0.77": "unknown"}
        live = calico_migrate(pair, "verify", directory, "--live", "--connect-timeout", "2")
        assert live.code == 4
    finally:
        known.write_text(before)
    resumed = calico_migrate(pair, "run", directory, "--resume", "--connect-timeout", "2")
    assert resumed.code == 4
    assert states(directory) == {"10.99.0.1": "right", "10.99.0.2": "right", "10.99.0.77": "unknown"}


def test_a_network_of_that_name_with_another_driver(pair: Lab, network: Make, tmp_path: Path) -> None:
    one, agent = network(pair), pair.agents[0]
    directory = written(one, tmp_path)
    made = agent.run("docker", "network", "create", "--driver", "bridge", one.name)
    assert made.code == 0, made.err
    ran = calico_migrate(pair, "run", directory)
    assert ran.code == 1
    assert "10.99.0.1: different: other-network: Its driver is 'bridge', not 'calico'." in ran.out
    assert ran.out.endswith("2 agents: 1 with something else, 1 not run\n")
    live = calico_migrate(pair, "verify", directory, "--live", "--format", "json")
    assert live.code == 1
    files = {file["path"]: file for file in json.loads(live.out)["files"]}
    assert "network-other-driver" in {finding["rule"] for finding in files["10.99.0.1"]["findings"]}


def test_two_networks_of_one_name_are_named_and_made_one_again(
    pair: Lab, network: Make, tmp_path: Path
) -> None:
    one = network(pair)
    directory = written(one, tmp_path)
    ids = duplicated(pair, one)

    live = calico_migrate(pair, "verify", directory, "--live")
    assert live.code == 1
    assert live.out.count("several-networks-of-one-name") == 2
    collected = tmp_path / "collected"
    collected.mkdir()
    for agent in pair.agents:
        shown = agent.run("sh", "-c", "docker network inspect $(docker network ls -q)").out
        (collected / f"{agent.address}.json").write_text(shown)
    verified = calico_migrate(pair, "verify", directory, "--inspect", collected, "--format", "json")
    assert verified.code == 1
    for file in json.loads(verified.out)["files"]:
        (finding,) = file["findings"]
        assert finding["rule"] == "several-networks-of-one-name"
        assert all(network_id in finding["hint"] for network_id in ids)
    ran = calico_migrate(pair, "run", directory)
    assert ran.code == 1
    assert "10.99.0.1: different: ambiguous: " in ran.out

    # What the hint says: both by id, then create again.
    assert pair.agents[1].run("docker", "network", "rm", *ids).code == 0
    again = calico_migrate(pair, "run", directory)
    assert (again.code, again.out.splitlines()[-1]) == (0, "2 agents: 2 right")


def duplicated(lab: Lab, one: Any) -> list[str]:
    """Creates the network on both agents at the same moment until there are two of it."""
    for _ in range(20):
        lab.clear(one.name)
        lab.agents[0].run("sh", "-c", "cat >/run/pool.yaml", stdin=one.files["ippool.yaml"].decode())
        lab.agents[0].run("/opt/mesosphere/bin/calicoctl", "create", "-f", "/run/pool.yaml")
        processes = [agent.start_command(one.docker_create(agent)) for agent in lab.agents]
        for process in processes:
            process.communicate()
        ids = lab.agents[0].networks(one.name)
        if len(ids) > 1:
            return ids
    raise AssertionError("20 simultaneous creates did not make two networks of one name")


def test_a_run_that_is_killed_is_finished_by_the_next(pair: Lab, network: Make, tmp_path: Path) -> None:
    one = network(pair)
    directory = written(one, tmp_path)
    command = [sys.executable, "-m", "calico_migrate", "network", "run", str(directory)]
    process = subprocess.Popen(
        ["nsenter", f"--net=/run/netns/{pair.name}", *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PATH": f"{pair.directory / 'bin'}:{os.environ['PATH']}", "HOME": str(pair.directory)},
    )
    deadline = time.monotonic() + 30
    while pair.resource("IPPool", one.name) is None:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert states(directory)["10.99.0.1"] == "unknown"
    assert states(directory)["10.99.0.2"] == "not-run"
    resumed = calico_migrate(pair, "run", directory, "--resume")
    assert resumed.code == 0, resumed.out
    assert set(states(directory).values()) == {"right"}
    assert len({agent.inspect(one.name)["Id"] for agent in pair.agents}) == 1


def test_shared_connections_are_not_waited_for(pair: Lab, network: Make, tmp_path: Path) -> None:
    one = network(pair)
    directory = written(one, tmp_path)
    sockets = tmp_path / "s"
    sockets.mkdir()
    config = tmp_path / "ssh_config"
    config.write_text(
        f"Host *\n    ControlMaster auto\n    ControlPersist 60\n    ControlPath {sockets}/%h\n"
        + pair.ssh_config.read_text()
    )
    program = tmp_path / "bin"
    program.mkdir()
    os.symlink("/usr/bin/ssh", program / "ssh")
    path = {"PATH": f"{program}:{os.environ['PATH']}"}
    try:
        first = calico_migrate(pair, "run", directory, "--ssh-config", config, env=path)
        assert first.code == 0, first.out
        second = calico_migrate(pair, "run", directory, "--ssh-config", config, env=path)
        assert second.code == 0
        assert max(first.seconds, second.seconds) < 50
    finally:
        for agent in pair.agents:
            pair.inside("ssh", "-o", f"ControlPath={sockets}/%h", "-O", "exit", agent.address)


def test_whoever_may_not_log_in_leaves_the_agent_unknown(pair: Lab, network: Make, tmp_path: Path) -> None:
    directory = written(network(pair), tmp_path)
    config = tmp_path / "ssh_config"
    config.write_text(pair.ssh_config.read_text().replace("User root", "User nobody"))
    ran = calico_migrate(pair, "run", directory, "--ssh-config", config)
    assert ran.code == 4
    assert "10.99.0.1: unknown: nobody@10.99.0.1: Permission denied" in ran.out
    assert ran.out.endswith("2 agents: 1 unknown, 1 not run\n")
