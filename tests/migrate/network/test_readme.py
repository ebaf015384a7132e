"""The generated README: whoever reads nothing else can add the network and take it away again."""

from __future__ import annotations

import re
import subprocess

import pytest

from calico_migrate.network.generation import generate
from calico_migrate.network.markers import ROLLBACK_CODES, SCRIPT_CODES
from calico_migrate.network.settings import GenerationSettings

CASES = (
    GenerationSettings("web", "10.1.0.0/16", agents=("10.0.0.1", "10.0.0.2")),
    GenerationSettings("back", "10.2.0.0/16", mode="ipip", profile="team-a", isolated=True, shared_pool=True),
)


def _readme(case: GenerationSettings) -> str:
    return generate(case)["README.md"].content.decode()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_calico_command_stands_there_in_both_forms(case: GenerationSettings) -> None:
    text = _readme(case)
    by_cli = re.findall(r"^ +dcos calico (.*?)(?: +#.*)?$", text, re.MULTILINE)
    assert len(by_cli) >= 6
    for command in by_cli:
        assert f"/opt/mesosphere/bin/calicoctl {command.split(' > ')[0]}" in text


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_step_says_what_must_be_true_and_how_one_sees_that_it_worked(case: GenerationSettings) -> None:
    for section in _readme(case).split("\n## ")[1:]:
        title = section.partition("\n")[0]
        if title.startswith(("2.", "3.", "A new", "Taking")):
            assert "Must be true" in section, title
        if title.startswith(("1.", "2.", "3.", "A new", "Taking")):
            assert "Worked when" in section, title


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_commands_of_the_shell_are_sound(case: GenerationSettings) -> None:
    blocks = re.findall(r"(?:^ {4,6}\S.*\n(?: {4,}.*\n)*)", _readme(case), re.MULTILINE)
    loops = [block for block in blocks if "for agent in" in block]
    assert len(loops) == 2
    for loop in loops:
        checked = subprocess.run(["sh", "-n"], input=loop, capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stderr


def test_the_ports_are_those_of_the_mode() -> None:
    vxlan, ipip = map(_readme, CASES)
    assert "64000" in vxlan
    assert "TCP 179" not in vxlan
    assert "TCP 179" in ipip
    assert "IP protocol 4" in ipip
    assert "64000" not in ipip
    for text in (vxlan, ipip):
        for port in ("2379", "2380", "12379", "62091"):
            assert f"TCP {port}" in text


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_commands_are_the_real_ones(case: GenerationSettings) -> None:
    text = _readme(case)
    for wrong in ("dcos node diagnostic", "dcos app update", "libntwork", "calicoctl apply -f", "<%", "{{&"):
        assert wrong not in text
    for right in ("dcos diagnostics create", "dcos marathon app update", "dcos-calico-libnetwork-plugin"):
        assert right in text


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_code_is_explained(case: GenerationSettings) -> None:
    text = _readme(case)
    for code in (*SCRIPT_CODES, *ROLLBACK_CODES):
        assert f"| {code.code} |" in text


def test_files_that_the_readme_names_are_there() -> None:
    files = generate(CASES[0])
    named = set(re.findall(r"`([a-z-]+\.(?:yaml|yml|sh|json))`", _readme(CASES[0])))
    assert named - {"config.yaml"} <= set(files)


def test_without_agents_the_commands_leave_a_place_for_them() -> None:
    text = _readme(CASES[1])
    assert "for agent in AGENT1 AGENT2; do" in text
    assert "add the addresses of all agents to both commands" in text
    assert "generate them again with `--agents`" in text
    assert "generate them again with `--agents`" not in _readme(CASES[0])
    assert "not known" in text
