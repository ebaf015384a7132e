"""What `calico-migrate marathon` takes: files, directories, standard input, and what is wrong with them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.migrate.cli.marathon.definitions import APP, CLEAN, MOVED
from tests.support.command_line import run

if TYPE_CHECKING:
    from pathlib import Path


def test_one_file_goes_to_standard_output(app: Path) -> None:
    result = run("marathon", str(app))
    assert (result.code, result.out) == (0, MOVED)
    assert result.errors == "1 file: 1 to change (1 edit), 0 errors, 0 warnings, 0 infos\n"
    assert app.read_bytes() == APP


def test_standard_input() -> None:
    assert run("marathon", "-", stdin=APP).out == MOVED


@pytest.mark.parametrize(
    "arguments",
    [
        ["--check", "-w", "APP"],
        ["--diff", "-w", "APP"],
        ["--check", "-o", "new.json", "APP"],
        ["-w", "-o", "new.json", "APP"],
        ["-w", "-"],
        ["-o", "OTHER", "APP", "TREE"],
        ["-o", "APP", "APP"],
        ["-o", "TREE/out", "TREE"],
        ["-o", "PARENT", "TREE"],
        ["-o", "TREE", "APP"],
        ["--map", "dcos=a", "--map", "dcos=b", "APP"],
        ["--map", "a=b", "--map", "b=c", "APP"],
        ["--map", "a=a", "APP"],
        ["--map", "a=Not_Allowed", "APP"],
        ["--map", "dcos6=calico", "APP"],
        ["--map", "dcos", "APP"],
        ["--ignore", "docker-hostport", "APP"],
        ["--format", "xml", "APP"],
        ["--no-such-option", "APP"],
        [],
    ],
)
def test_wrong_usage(
    arguments: list[str], app: Path, tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.json"
    other.write_bytes(CLEAN)
    named = {"APP": str(app), "OTHER": str(other), "PARENT": str(tmp_path)}
    filled = [named.get(word, word.replace("TREE", str(tree))) for word in arguments]
    monkeypatch.chdir(tmp_path)
    result = run("marathon", *filled)
    assert result.code == 2
    assert result.out == b""
    assert result.errors
    assert app.read_bytes() == APP


@pytest.mark.parametrize(
    "content,words",
    [
        (b"", "empty"),
        (b'{"id": "/a", // web\n}', "comments"),
        (b'{"id": "/a",}', "comma"),
        (b'{"id": "/a", "cpus": {{cpus}}}', "no JSON before it is rendered"),
        (b'{"id": "/a"', "ends"),
        (b'{"id": "/\xff"}', "UTF-8"),
        ('{"id": "/a"}'.encode("utf-16"), "UTF-16"),
        (b'{"name": "x"}', "no Marathon app"),
        (b'{"id": NaN}', "NaN"),
    ],
)
def test_bad_files_are_one_line_each_and_the_others_are_done(
    content: bytes, words: str, app: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.json"
    bad.write_bytes(content)
    result = run("marathon", "-w", str(bad), str(app))
    assert result.code == 3
    (line,) = [line for line in result.errors.splitlines() if line.startswith(str(bad))]
    assert words in line
    assert "Traceback" not in result.errors
    assert bad.read_bytes() == content
    assert app.read_bytes() == MOVED


def test_a_missing_file_and_a_directory_without_definitions(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert run("marathon", str(tmp_path / "none.json")).code == 3
    result = run("marathon", str(tmp_path / "empty"))
    assert result.code == 3
    assert "no definition" in result.errors


def test_skip_unknown(tmp_path: Path) -> None:
    path = tmp_path / "package.json"
    path.write_bytes(b'{"name": "x"}')
    assert run("marathon", "--check", "--skip-unknown", str(path)).code == 0


def test_a_text_that_can_hold_no_network_is_no_failure_in_a_directory(tree: Path) -> None:
    (tree / "tsconfig.json").write_bytes(b'{ // comment\n "strict": true }')
    result = run("marathon", "--check", str(tree))
    assert "tsconfig.json:1:3: unparsable-file: warning" in result.text
    assert result.code == 1
    (tree / "other.json").write_bytes(b'{ // comment\n "networks": [] }')
    assert run("marathon", "--check", str(tree)).code == 3


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read and write everything")
def test_no_permission(app: Path) -> None:
    app.chmod(0o400)
    assert run("marathon", "-w", str(app)).code == 5
    app.chmod(0o000)
    assert run("marathon", str(app)).code == 3


def test_a_hundred_thousand_levels(tmp_path: Path) -> None:
    path = tmp_path / "deep.json"
    path.write_bytes(b"[" * 100_000)
    result = run("marathon", str(path))
    assert result.code == 3
    assert len(result.errors.splitlines()) == 2


def test_default_network_outside_the_map() -> None:
    text = b'{"id": "/a", "networks": [{"mode": "container"}]}'
    result = run("marathon", "--default-network", "backend", "-", stdin=text)
    assert result.out == text
    assert "unmapped-default-network: warning" in result.errors
    mapped = run("marathon", "--default-network", "backend", "--map", "backend=calico", "-", stdin=text)
    assert b'"name": "calico"' in mapped.out


def test_what_is_no_definition_has_a_place(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text("\n  {}\n")
    result = run("marathon", str(path))
    assert result.code == 3
    assert result.errors.startswith(f"{path}:2:3: error: is no Marathon app")


def test_an_empty_directory_is_named(tmp_path: Path) -> None:
    result = run("marathon", str(tmp_path))
    assert result.code == 3
    assert result.errors.endswith(f"no definition found in {tmp_path}\n")


def test_an_unreadable_file_of_a_tree_is_told_once(tree: Path, tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    (tree / "secret.json").write_bytes(APP)
    (tree / "secret.json").chmod(0)
    result = run("marathon", str(tree), "-o", str(tmp_path / "out"))
    assert result.code == 3
    assert result.errors.count("secret.json") == 1


def test_a_path_below_a_file_says_why(app: Path) -> None:
    result = run("marathon", f"{app}/inner.json")
    assert result.code == 3
    assert "not a directory" in result.errors


def test_skip_unknown_passes_over_a_text_that_can_hold_no_network(tmp_path: Path) -> None:
    path = tmp_path / "tsconfig.json"
    path.write_bytes(b'{ // comment\n "strict": true }')
    result = run("marathon", "--check", "--skip-unknown", str(path))
    assert result.code == 0
    assert "unparsable-file: warning" in result.text
    path.write_bytes(b'{ // comment\n "networks": [] }')
    assert run("marathon", "--check", "--skip-unknown", str(path)).code == 3
