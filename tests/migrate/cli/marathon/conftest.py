"""One definition, and a tree of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.migrate.cli.marathon.definitions import APP, CLEAN

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def app(tmp_path: Path) -> Path:
    path = tmp_path / "app.json"
    path.write_bytes(APP)
    return path


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    top = tmp_path / "services"
    (top / "inner").mkdir(parents=True)
    (top / ".git").mkdir()
    (top / "app.json").write_bytes(APP)
    (top / "inner" / "clean.json").write_bytes(CLEAN)
    (top / "inner" / "notes.txt").write_bytes(b"dcos \xff")
    (top / "package.json").write_bytes(b'{"name": "x", "version": "1"}')
    (top / ".git" / "app.json").write_bytes(APP)
    (top / "link.json").symlink_to("app.json")
    (top / "away.json").symlink_to("/etc/hostname")
    return top
