"""What nobody expected costs one input, one line and exit 5."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.command_line import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

APP = '{"id": "/%s", "cmd": "sleep 1", "networks": [{"mode": "container", "name": "dcos"}]}'


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "tree"
    folder.mkdir()
    for name in ("a", "broken", "z"):
        (folder / f"{name}.json").write_text(APP % name)
    return folder


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> None:
    from calico_migrate.marathon import files

    sound = files.process_one

    def process_one(entry: Any, settings: Any) -> Any:
        if "broken" in entry.path:
            raise KeyError("token=planted-Horse9\x1b[31m")
        return sound(entry, settings)

    monkeypatch.setattr(files, "process_one", process_one)


def test_the_others_go_on(tree: Path, faulty: None) -> None:
    result = run("marathon", "-w", str(tree))
    assert result.code == 5
    (line,) = [line for line in result.errors.splitlines() if "internal error" in line]
    assert line.startswith(f"{tree}/broken.json: error: internal error: KeyError: ")
    assert "please report this line" in line
    assert "planted" not in result.errors
    assert "\x1b" not in result.errors
    assert "Traceback" not in result.errors
    assert (tree / "broken.json").read_text() == APP % "broken"
    for name in ("a", "z"):
        assert "calico" in (tree / f"{name}.json").read_text()


def test_the_old_bytes_are_carried_over(tree: Path, faulty: None, tmp_path: Path) -> None:
    assert run("marathon", "-o", str(tmp_path / "out"), str(tree)).code == 5
    assert (tmp_path / "out" / "broken.json").read_text() == APP % "broken"


@pytest.mark.parametrize(
    "line", [["--traceback", "marathon", "--check"], ["marathon", "--check", "--traceback"]]
)
@pytest.mark.parametrize("form", ["text", "json"])
def test_the_rest_is_shown_when_asked_for(line: list[str], form: str, tree: Path, faulty: None) -> None:
    result = run(*line, "--format", form, str(tree))
    assert result.code == 5
    assert "Traceback (most recent call last)" in result.errors
    if form == "json":
        errors = {file["path"]: file["error"] for file in json.loads(result.text)["files"]}
        assert "internal error" in errors[f"{tree}/broken.json"]["message"]


def test_behind_two_dashes_it_is_a_path(tree: Path) -> None:
    result = run("marathon", "--check", "--", "--traceback")
    assert result.code == 3
    assert result.text.startswith("--traceback: error: ")


def test_what_is_left_is_one_line_too(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from calico_migrate.cli import rewrite

    def gather(*arguments: object) -> None:
        raise IndexError

    monkeypatch.setattr(rewrite, "gather", gather)
    result = run("marathon", str(tree))
    assert result.code == 5
    assert result.errors.startswith("calico-migrate: internal error: IndexError in ")
    assert len(result.errors.splitlines()) == 1


def test_one_unit_of_several_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from calico_core import sources

    for name in ("a", "broken"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "svc.yml").write_text(
            f"name: {name}\nscheduler: {{}}\npods:\n  p:\n    count: 1\n    networks:\n      dcos: {{}}\n"
            "    tasks: {t: {goal: RUNNING, cmd: x, cpus: 1, memory: 1}}\n"
        )
    sound = sources.read_bytes

    def read_bytes(path: str, **options: Any) -> Any:
        if "broken" in path:
            raise AttributeError("no")
        return sound(path, **options)

    monkeypatch.setattr(sources, "read_bytes", read_bytes)
    result = run("package", "--check", str(tmp_path))
    assert result.code == 5
    assert result.text.count("internal error") == 1
    assert "svc.yml" in result.text


def failing(sound: Callable[..., Any], marker: str) -> Callable[..., Any]:
    """A function that fails, as nobody expects, on what has the marker in it."""

    def function(*arguments: Any) -> Any:
        if any(marker in repr(argument) for argument in arguments):
            raise KeyError("token=planted-Horse9")
        return sound(*arguments)

    return function


AGENTS = ["10.0.0.5", "10.0.0.6"]


@pytest.mark.parametrize("step", ["read_networks", "of_agent"])
def test_one_agent_of_several_that_are_verified(
    step: str, generated: Callable[..., Path], collection: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from calico_migrate.network.verifying import collected

    monkeypatch.setattr(collected, step, failing(getattr(collected, step), "10.0.0.5.json"))
    (collection / "10.0.0.6.json").write_text("[]")
    directory = str(generated(AGENTS))
    result = run("network", "verify", directory, "--inspect", str(collection))
    assert result.code == 5
    assert f"{collection}/10.0.0.5.json: error: internal error: KeyError: " in result.text
    assert f"{collection}/10.0.0.6.json: network-missing: error: " in result.text
    assert "planted" not in result.text
    shown = run("network", "verify", directory, "--inspect", str(collection), "--traceback")
    assert "Traceback (most recent call last)" in shown.errors


def test_pools_that_are_verified_beside_agents(
    generated: Callable[..., Path], collection: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from calico_migrate.calico.existing import read_pools
    from calico_migrate.network.verifying import collected

    monkeypatch.setattr(collected, "read_pools", failing(read_pools, "pools"))
    pools, profiles = tmp_path / "pools", tmp_path / "profiles"
    pools.write_text("[]")
    profiles.write_text("kind: ProfileList\nitems: []\n")
    (collection / "10.0.0.6.json").write_text("[]")
    files = ("--inspect", str(collection), "--pools", str(pools), "--profiles", str(profiles))
    result = run("network", "verify", str(generated(AGENTS)), *files)
    assert result.code == 5
    assert f"{pools}: error: internal error: KeyError: " in result.text
    assert "network-missing" in result.text
    assert "profile-missing" in result.text


def test_a_file_that_no_agent_was_promised_for(
    generated: Callable[..., Path], collection: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from calico_migrate.network.verifying import collected
    from calico_migrate.network.verifying.inspection import read_networks

    monkeypatch.setattr(collected, "read_networks", failing(read_networks, "10.0.0.9.json"))
    (collection / "10.0.0.9.json").write_text("[]")
    result = run("network", "verify", str(generated(AGENTS)), "--inspect", str(collection))
    assert result.code == 5
    assert f"{collection}/10.0.0.9.json: error: internal error: KeyError: " in result.text


@pytest.mark.parametrize("step", ["read", "compile_policy"])
def test_one_file_of_policies(step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from calico_migrate.policy.checking import checking

    policy = "apiVersion: projectcalico.org/v3\nkind: GlobalNetworkPolicy\nmetadata: {name: %s}\nspec: {order: %s}\n"
    for name, order in (("broken", "1"), ("other", "x"), ("sound", "1")):
        (tmp_path / f"{name}.yaml").write_text(policy % (name, order))
    monkeypatch.setattr(checking, step, failing(getattr(checking, step), "broken"))
    result = run("policy", "check", str(tmp_path))
    assert result.code == 5
    (line,) = [line for line in result.text.splitlines() if "internal error" in line]
    assert line.startswith(f"{tmp_path}/broken.yaml: error: internal error: KeyError: ")
    assert f"{tmp_path}/other.yaml:4:15: " in result.text
