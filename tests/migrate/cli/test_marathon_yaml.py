"""``calico-migrate marathon`` on YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.command_line import run

if TYPE_CHECKING:
    from pathlib import Path

APP = "# the shop\nid: /shop/web\ncmd: ./run\nnetworks:\n  - name: dcos  # old\n"
MOVED = APP.replace("name: dcos", "name: calico")


@pytest.fixture
def app(tmp_path: Path) -> Path:
    path = tmp_path / "app.yaml"
    path.write_text(APP)
    return path


def test_standard_output_and_input(app: Path) -> None:
    assert run("marathon", str(app)).out.decode() == MOVED
    assert run("marathon", "-", stdin=APP.encode()).out.decode() == MOVED


def test_every_way_of_writing(app: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert run("marathon", "-o", str(tmp_path / "out/new.yaml"), str(app)).code == 0
    assert (tmp_path / "out/new.yaml").read_text() == MOVED
    diff = run("marathon", "--diff", str(app)).out.decode()
    assert "-  - name: dcos  # old\n+  - name: calico  # old\n" in diff
    check = run("marathon", "--check", str(app))
    assert check.code == 1
    assert (
        f'{app}:5:11: rename-network: "dcos" becomes "calico" at /networks/0/name [/shop/web]' in check.text
    )
    assert app.read_text() == APP
    assert run("marathon", "-w", str(app)).code == 0
    assert app.read_text() == MOVED
    assert run("marathon", "--check", str(app)).code == 0


def test_every_format(app: Path) -> None:
    report = run("marathon", "--format", "json", str(app)).json
    (file,) = report["files"]
    assert (file["kind"], file["changed"], file["error"]) == ("app", True, None)
    (edit,) = file["edits"]
    assert (edit["line"], edit["column"], edit["id"]) == (5, 11, "/shop/web")
    assert b"rename-network" in run("marathon", "--format", "sarif", str(app)).out
    assert b"line=5" in run("marathon", "--format", "github", str(app)).out
    patch = run("marathon", "--format", "jsonpatch", str(app))
    assert patch.json == []
    assert "its edits are left out" in patch.errors


def test_a_directory_opens_both_languages_unless_told_otherwise(app: Path, tmp_path: Path) -> None:
    (tmp_path / "b.JSON").write_text('{"id": "/b", "cmd": "run", "networks": [{"name": "dcos"}]}')
    for more, files in [([], 2), (["--only", "json"], 1), (["--only", "yaml"], 1)]:
        report = run("marathon", "--check", "--format", "json", *more, str(tmp_path)).json
        assert report["summary"]["edits"] == files


def test_for_update_takes_json_only(app: Path) -> None:
    result = run("marathon", "--for-update", str(app))
    assert result.code == 2
    assert "JSON only" in result.errors


@pytest.mark.parametrize(
    "text, words",
    [
        ("a: [", "is not YAML"),
        ("a:\n\t- b\n", "is not YAML"),
        ("[" * 10_000, "nested more than 400 levels deep"),
        ("a: *b\n", "names no anchor"),
        ("a: &a [*a]\n", "contains itself"),
        ("x: \x01\n", "U+0001 is not allowed"),
        (
            "".join(f"- &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" if n else "- &l0 [x]\n" for n in range(9)),
            "aliases",
        ),
        ("services: {}\n", "is no Marathon app"),
        ("id: /a\n<<: b\n", "a merge key takes"),
    ],
)
def test_bad_input_is_one_line(text: str, words: str, app: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yml"
    bad.write_text(text)
    result = run("marathon", "-w", str(bad), str(app))
    assert result.code == 3
    (line,) = [line for line in result.errors.splitlines() if line.startswith(str(bad))]
    assert words in line
    assert bad.read_text() == text
    assert app.read_text() == MOVED


def test_broken_yaml_in_a_directory_does_not_change_the_exit_code(app: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.yml").write_text("networks:\n- name: dcos\nb: [\n")
    (tmp_path / "silent.yml").write_text("networks:\n- name: other\nb: [\n")
    result = run("marathon", "-w", str(tmp_path))
    assert result.code == 0
    assert "broken.yml" in result.errors
    assert "line 2 names the network dcos" in result.errors
    assert "silent.yml" not in result.errors
    assert run("marathon", "--skip-unknown", str(tmp_path / "broken.yml")).code == 0


def test_json_in_yaml_in_json_is_json(tmp_path: Path) -> None:
    path = tmp_path / "both.json"
    path.write_text('{"id": "/a", "cmd": "networks: [{name: dcos}]", "networks": [{"name": "dcos"}]}')
    assert run("marathon", str(path)).out == path.read_bytes().replace(b'"dcos"', b'"calico"')
