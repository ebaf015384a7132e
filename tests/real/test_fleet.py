"""Twenty agents at once, by hand and with Ansible."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.real.lab import Lab

Make = Any


def _write(one: Any, directory: Path) -> Path:
    from calico_migrate.network.directory import write_directory
    from calico_migrate.network.generation import generate

    write_directory(str(directory), generate(one.settings))
    return directory


def test_one_script_on_twenty_agents_at_the_same_moment(fleet: Lab, network: Make) -> None:
    one = network(fleet)
    processes = [agent.start_command(["sh", "-s"]) for agent in fleet.agents]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write(one.script.decode())
        process.stdin.close()
        process.stdin = None
    ended = [process.communicate(timeout=200) for process in processes]

    words = sorted(out.rsplit("result=", 1)[1] for out, _ in ended)
    assert words == ["created code=0\n", *["present code=0\n"] * 19], ended
    ids = {tuple(agent.networks(one.name)) for agent in fleet.agents}
    assert len(ids) == 1
    assert len(next(iter(ids))) == 1
    assert all(agent.cni_file(one.name) for agent in fleet.agents)


def _ansible(program: str) -> str:
    found = shutil.which(program, path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{program} is missing in CI (PyPI package ansible-core)")
        pytest.skip(f"{program} is missing (PyPI package ansible-core)")
    return found


def _environment(lab: Lab) -> dict[str, str]:
    return {
        "ANSIBLE_SSH_EXECUTABLE": str(lab.directory / "bin/ssh"),
        "ANSIBLE_HOME": str(lab.directory / "ansible"),
        "ANSIBLE_LOCAL_TEMP": str(lab.directory / "ansible/tmp"),
        "ANSIBLE_REMOTE_USER": "root",
        "ANSIBLE_NOCOLOR": "1",
        "ANSIBLE_FORKS": "20",
        "LC_ALL": "C.UTF-8",
        "LANG": "C.UTF-8",
    }


def test_the_playbook_makes_the_network_and_changes_nothing_the_second_time(
    fleet: Lab, network: Make, tmp_path: Path
) -> None:
    # Three of the agents: Ansible needs seconds for each step on each of them.
    one = network(fleet, agents=tuple(agent.address for agent in fleet.agents[:3]))
    directory = _write(one, tmp_path / one.name)
    command = [_ansible("ansible-playbook"), "-i", "inventory.yml", "playbook.yml"]

    first = fleet.inside(
        "sh", "-c", 'cd "$0" && exec "$@"', str(directory), *command, env=_environment(fleet)
    )
    again = fleet.inside(
        "sh", "-c", 'cd "$0" && exec "$@"', str(directory), *command, env=_environment(fleet)
    )

    assert first.code == 0, first.out + first.err
    assert again.code == 0, again.out + again.err
    assert "failed=0" in first.out
    # The creator made the network and its CNI file in one step, the other two their CNI files.
    assert first.out.count("changed=1 ") == 3, first.out
    assert again.out.count("changed=0 ") == 3, again.out
    for agent in fleet.agents[:3]:
        assert len(agent.networks(one.name)) == 1
        assert agent.cni_file(one.name) is not None


@pytest.mark.parametrize("agents", [(), ("10.0.0.1",), ("10.0.0.1", "node-2.example.com")])
def test_the_playbook_passes_the_syntax_check(tmp_path: Path, agents: tuple[str, ...]) -> None:
    from calico_migrate.network.directory import write_directory
    from calico_migrate.network.generation import generate
    from calico_migrate.network.settings import GenerationSettings

    directory = tmp_path / "web"
    write_directory(str(directory), generate(GenerationSettings("web", "10.1.0.0/16", agents=agents)))
    checked = subprocess.run(
        [_ansible("ansible-playbook"), "-i", "inventory.yml", "--syntax-check", "playbook.yml"],
        cwd=directory,
        capture_output=True,
        text=True,
        check=False,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "ANSIBLE_HOME": str(tmp_path / "ansible"),
            "LC_ALL": "C.UTF-8",
        },
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
