"""A generated directory that came from somebody else is believed as far as it can be made anew."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING

import pytest

from calico_core.errors import InputError
from calico_migrate.network.generated import load
from tests.support.command_line import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.migrate.conftest import StandIn

    Make = Callable[..., Path]

NAMES = ["10.0.0.1", "10.0.0.2"]
SCRIPT = "agents/10.0.0.2/create-network.sh"


def refusal(directory: Path, *, complete: bool = True) -> str:
    with pytest.raises(InputError) as caught:
        load(str(directory), complete=complete)
    return str(caught.value)


def test_what_was_generated_is_believed(generated: Make) -> None:
    directory = generated(NAMES)
    loaded = load(str(directory), complete=True)
    for agent in loaded.promise.agents:
        script = directory / loaded.promise.script_of(agent)
        assert loaded.script(agent) == script.read_bytes()


@pytest.mark.parametrize("name", [SCRIPT, "create-network.sh", "rollback.sh"])
def test_a_script_that_was_changed_is_refused_with_the_command_that_renews_it(
    name: str, generated: Make, stand_in: StandIn
) -> None:
    directory = generated(NAMES, isolated=True, create_on="10.0.0.2")
    made = (directory / name).read_bytes()
    (directory / name).write_bytes(made.replace(b"#!/bin/sh", b"#!/bin/sh\nreboot", 1))
    for command in (["run"], ["verify", "--live"], ["verify", "--pools", "-"]):
        result = run("network", command[0], str(directory), *command[1:])
        assert result.code == 3
        assert name in result.errors
    assert stand_in.hosts() == []
    renewing = shlex.split(refusal(directory).split("`")[1])
    assert run(*renewing[1:]).code == 0
    assert (directory / name).read_bytes() == made


@pytest.mark.parametrize(
    "change",
    [
        {"network": "bridge"},
        {"network": "$(reboot)"},
        {"profile": "a\nb"},
        {"cidr": "10.1.0.0/16; reboot"},
        {"cidr": "10.0.0.0/33"},
        {"blockSize": 33},
        {"blockSize": 10**400},
        {"mark": "x"},
        {"writtenProfiles": ["web", "calico"]},
        {"createOn": "10.9.9.9"},
        {"agents": [{"name": "10.0.0.1", "role": "join"}, {"name": "10.0.0.2", "role": "join"}]},
        {"agents": [{"name": "../../x", "role": "create"}]},
        {"agents": [{"name": 5, "role": "create"}]},
        {"mode": "x"},
        {"version": 0},
    ],
)
def test_a_promise_that_generate_would_not_make_is_refused(
    change: dict[str, object], generated: Make, stand_in: StandIn
) -> None:
    directory = generated(NAMES)
    path = directory / "network.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    result = run("network", "run", str(directory))
    assert (result.code, stand_in.hosts()) == (3, [])
    assert len(result.errors.splitlines()) == 1


@pytest.mark.parametrize("name", ["network.json", SCRIPT, "rollback.sh"])
def test_links_to_files_are_refused(name: str, generated: Make, tmp_path: Path) -> None:
    directory = generated(NAMES)
    elsewhere = tmp_path / "elsewhere"
    (directory / name).rename(elsewhere)
    (directory / name).symlink_to(elsewhere)
    assert "is a link" in refusal(directory)


def test_links_to_directories_are_refused(generated: Make, tmp_path: Path) -> None:
    directory = generated(NAMES)
    (directory / "agents").rename(tmp_path / "elsewhere")
    (directory / "agents").symlink_to(tmp_path / "elsewhere")
    assert "lies outside" in refusal(directory)


@pytest.mark.parametrize("name", ["run-journal.json", ".run-journal.lock"])
def test_the_journal_and_its_lock_lead_nowhere(
    name: str, generated: Make, stand_in: StandIn, tmp_path: Path
) -> None:
    directory = generated(NAMES)
    for victim in (tmp_path / "victim", tmp_path / "new"):
        (directory / name).symlink_to(victim)
        if victim.name == "victim":
            victim.write_text("precious")
        result = run("network", "run", str(directory))
        assert (result.code, stand_in.hosts()) == (5, [])
        assert "is a link" in result.errors
        (directory / name).unlink()
    assert (tmp_path / "victim").read_text() == "precious"
    assert not (tmp_path / "new").exists()


def test_what_is_sent_is_what_was_made_here(generated: Make, stand_in: StandIn) -> None:
    directory = generated(NAMES)
    loaded = load(str(directory), complete=True)
    for agent in loaded.promise.agents:
        (stand_in.path / f"script-{agent.name}").unlink()
        stand_in.behave(agent.name, f"cat >{stand_in.path}/got-{agent.name}; exit 255\n")
    assert run("network", "run", str(directory)).code == 4
    assert (stand_in.path / "got-10.0.0.1").read_bytes() == loaded.script(loaded.creator)


def test_a_missing_script_matters_where_it_would_be_sent(generated: Make) -> None:
    directory = generated(NAMES)
    (directory / SCRIPT).unlink()
    assert "script is missing" in refusal(directory)
    load(str(directory), complete=False)
