"""The hook that the project offers to pre-commit."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.support.command_line import run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def hook(root: Path) -> dict[str, Any]:
    (hook,) = yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text())
    assert isinstance(hook, dict)
    return hook


def test_its_shape(hook: dict[str, Any]) -> None:
    assert hook["id"] == "calico-migrate-marathon"
    assert hook["language"] == "python"
    assert hook["name"]
    assert hook["description"]
    assert re.search(hook["files"], "services/web.json")
    assert not re.search(hook["files"], "services/web.jsonnet")


def test_its_entry_fails_where_something_would_change(hook: dict[str, Any], tmp_path: Path) -> None:
    program, *arguments = shlex.split(hook["entry"])
    assert program == "calico-migrate"
    old, new, other = tmp_path / "old.json", tmp_path / "new.json", tmp_path / "package.json"
    old.write_text('{"id": "/a", "networks": [{"name": "dcos"}]}')
    new.write_text('{"id": "/b", "networks": [{"name": "calico"}]}')
    other.write_text('{"name": "no definition"}')
    assert run(*arguments, str(new), str(other)).code == 0
    result = run(*arguments, str(old), str(new), str(other))
    assert result.code == 1
    assert f"{old}:1:" in result.text
    assert "dcos" in old.read_text()


def test_its_documentation_names_it(hook: dict[str, Any], root: Path) -> None:
    assert f"- id: {hook['id']}" in (root / "docs/commands/marathon.md").read_text()
