"""`calico-migrate marathon --for-update`: a definition from the API, ready to be sent back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.migrate.cli.marathon.definitions import REFUSED
from tests.support.command_line import run

if TYPE_CHECKING:
    from pathlib import Path


def test_for_update_unwraps_and_strips() -> None:
    before = (
        b'{"app": {"id": "/a", "version": "1", "tasks": [], "tasksRunning": 0, "cpus": 1.0,\n'
        b'  "networks": [{"name": "dcos"}], "deployments": []}}\n'
    )
    result = run("marathon", "--for-update", "-", stdin=before)
    assert result.out == b'{"id": "/a", "cpus": 1.0,\n  "networks": [{"name": "calico"}]}\n'
    assert result.code == 0


def test_for_update_of_a_pod_status() -> None:
    before = b'{"id": "/p", "spec": {"id": "/p", "containers": [], "networks": [{}]}, "instances": []}'
    result = run("marathon", "--for-update", "-", stdin=before)
    assert result.out == b'{"id": "/p", "containers": [], "networks": [{"name": "calico"}]}'


def test_for_update_keeps_the_document_back_on_findings() -> None:
    result = run("marathon", "--for-update", "-", stdin=REFUSED)
    assert (result.code, result.out) == (1, b"")
    assert result.errors.endswith(
        "the document is held back, because of a finding at or above --fail-on error\n"
    )


def test_for_update_does_not_claim_to_have_written(tmp_path: Path) -> None:
    (tmp_path / "app.json").write_bytes(REFUSED)
    result = run("marathon", "--for-update", str(tmp_path / "app.json"), "-o", str(tmp_path / "new.json"))
    assert result.code == 1
    assert "1 file: 1 to change (1 edit)" in result.errors
    assert not (tmp_path / "new.json").exists()


def test_for_update_takes_one_file(app: Path, tree: Path) -> None:
    for paths in ([app, tree / "app.json"], [tree]):
        result = run("marathon", "--for-update", *map(str, paths))
        assert (result.code, result.out) == (2, b"")
        assert "takes one app or pod" in result.errors


@pytest.mark.parametrize(
    "document", ['{"apps": []}', '{"id": "/", "groups": []}', '{"id": "j", "run": {}}', "[]"]
)
def test_for_update_of_anything_else(document: str) -> None:
    result = run("marathon", "--for-update", "-", stdin=document.encode())
    assert result.code in (2, 3)
    assert result.out == b""


@pytest.mark.parametrize(
    "options", [[], ["--diff"], ["--check"], ["--format", "json"], ["--fail-on", "never"]]
)
def test_for_update_with_nothing_to_change(tmp_path: Path, options: list[str]) -> None:
    path, new = tmp_path / "app.json", tmp_path / "new.json"
    text = '{"app": {"id": "/a", "cmd": "run", "version": "1", "networks": [{"name": "calico"}]}}'
    path.write_text(text)
    result = run("marathon", "--for-update", *options, str(path))
    assert result.code == 6
    if options not in (["--format", "json"], ["--check"]):
        assert result.out == b""
    elif options == ["--format", "json"]:
        assert result.json["summary"]["edits"] == 0
    if options in ([], ["--fail-on", "never"]):
        assert run("marathon", "--for-update", *options, str(path), "-o", str(new)).code == 6
        assert run("marathon", "--for-update", *options, "-", stdin=text.encode()).out == b""
        assert run("marathon", "--for-update", *options, "-w", str(path)).code == 6
    assert not new.exists()
    assert path.read_text() == text


def test_for_update_with_findings_and_nothing_to_change_is_held_back() -> None:
    text = b'{"id": "/a", "cmd": "run", "networks": [{"mode": "host", "name": "x"}]}'
    result = run("marathon", "--for-update", "-", stdin=text)
    assert (result.code, result.out) == (1, b"")
