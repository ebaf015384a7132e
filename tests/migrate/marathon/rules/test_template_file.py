"""Templates in a directory of definitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.findings import Severity
from tests.support.command_line import run

if TYPE_CHECKING:
    from pathlib import Path

RULE = "template-file"
TEMPLATE = "id: /a\ncmd: run\nnetworks:\n  - name: {{ network | default('dcos') }}\n"


def test_is_named_with_its_lines_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "app.yaml"
    path.write_text(TEMPLATE)
    (tmp_path / "ok.yaml").write_text("id: /b\ncmd: run\nnetworks: [{name: dcos}]\n")
    result = run("marathon", "-w", "--format", "json", str(tmp_path))
    assert result.code == 0
    (file,) = [each for each in result.json["files"] if each["path"] == str(path)]
    (finding,) = file["findings"]
    assert (finding["rule"], finding["severity"], finding["line"]) == (RULE, Severity.WARNING, 4)
    assert "line 4 ({{ network | default('dcos') }}, default dcos)" in finding["message"]
    assert path.read_text() == TEMPLATE


def test_is_an_error_where_it_was_named(tmp_path: Path) -> None:
    path = tmp_path / "app.yaml"
    path.write_text(TEMPLATE)
    result = run("marathon", "--check", str(path))
    assert result.code == 3
    assert f"{path}:4: error: is a Jinja template, and no YAML before it is rendered" in result.text


def test_is_silent_where_no_network_is_named(tmp_path: Path) -> None:
    (tmp_path / "app.yaml").write_text("id: {{ id }}\ncmd: run\n")
    (tmp_path / "ok.yaml").write_text("id: /b\ncmd: run\nnetworks: [{name: dcos}]\n")
    assert RULE not in run("marathon", "--check", str(tmp_path)).text
