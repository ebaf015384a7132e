"""A variable that a shell has not set gives an option an empty name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.command_line import run

if TYPE_CHECKING:
    from pathlib import Path

APP = '{"id": "/a", "cmd": "sleep", "networks": [{"mode": "container", "name": "dcos"}]}'


@pytest.mark.parametrize(
    "arguments",
    [
        ("marathon", "-o", "", "../apps"),
        ("marathon", "--output=", "../apps/app.json"),
        ("package", "-o", "", "../apps"),
        ("package", "--options-dir", "", "../apps"),
        ("network", "generate", "web", "--cidr", "10.1.0.0/16", "--output-dir", ""),
        ("policy", "scaffold", "--apps", "../apps", "-o", ""),
        ("cluster", "snapshot", "-o", ""),
    ],
)
def test_it_is_not_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "apps").mkdir()
    (tmp_path / "apps" / "app.json").write_text(APP)
    here = tmp_path / "here"
    here.mkdir()
    (here / "app.json").write_text("of somebody else")
    monkeypatch.chdir(here)
    result = run(*arguments)
    assert result.code == 2
    assert "it is empty" in result.errors
    assert [path.name for path in here.iterdir()] == ["app.json"]
    assert (here / "app.json").read_text() == "of somebody else"
