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
def hooks(root: Path) -> dict[str, dict[str, Any]]:
    return {hook["id"]: hook for hook in yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text())}


@pytest.fixture(scope="module")
def hook(hooks: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return hooks["calico-migrate-marathon"]


def test_its_shape(hook: dict[str, Any]) -> None:
    assert hook["id"] == "calico-migrate-marathon"
    assert hook["language"] == "python"
    assert hook["name"]
    assert hook["description"]
    for name in ("services/web.json", "web.JSON", "a/web.yaml", "web.yml"):
        assert re.search(hook["files"], name)
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


# A hook, a file that it looks at and that it passes, one that it fails, and one that it leaves alone.
CHECKED = [
    (
        "calico-migrate-package",
        ("universe/svc.yml", "name: hello\npods: {}\n"),
        ("config.json", '{"properties": {"virtual_network_name": {"type": "string", "default": "dcos"}}}'),
        "universe/README.md",
    ),
    (
        "calico-migrate-policy",
        ("policies/a.yaml", "apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata: {name: a}\n"),
        ("policies/b.yaml", "apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata: {name: B_}\n"),
        "services/a.yaml",
    ),
    (
        "calico-migrate-config",
        ("genconf/config.yaml", None),
        ("x/genconf/config.yaml", "calico_vxlan_vni: 1024\n"),
        "app/config.yaml",
    ),
]


@pytest.mark.parametrize("name,good,bad,other", CHECKED, ids=[row[0] for row in CHECKED])
def test_every_other_hook_passes_and_fails(
    name: str,
    good: tuple[str, str | None],
    bad: tuple[str, str],
    other: str,
    hooks: dict[str, dict[str, Any]],
    tmp_path: Path,
    root: Path,
) -> None:
    hook = hooks[name]
    program, *arguments = shlex.split(hook["entry"])
    assert (program, hook["language"]) == ("calico-migrate", "python")
    assert not re.search(hook["files"], other)
    for (path, text), code in ((good, 0), (bad, 1)):
        assert re.search(hook["files"], path)
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text((root / "samples/config/clean.yaml").read_text() if text is None else text)
        result = run(*arguments, str(file))
        assert result.code == code, (path, result.text, result.errors)
