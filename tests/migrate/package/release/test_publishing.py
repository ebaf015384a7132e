"""New release directories: whole or not at all."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from calico_core.errors import OutputError
from calico_migrate.package.release.publishing import publish

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A release with a file to edit, another one, a directory and a link."""
    directory = tmp_path / "1"
    (directory / "sub").mkdir(parents=True)
    (directory / "sub" / "x").write_bytes(b"\x00")
    (directory / "config.json").write_text("old")
    (directory / "config.json").chmod(0o640)
    (directory / "resource.json").write_bytes(b"\xff\r\n")
    (directory / "link").symlink_to("resource.json")
    return directory


def test_a_copy_with_new_texts(old: Path) -> None:
    new = old.parent / "2"
    publish(str(old), str(new), {"config.json": "new"})
    assert (new / "config.json").read_text() == "new"
    assert (new / "config.json").stat().st_mode & 0o777 == 0o640
    assert (new / "resource.json").read_bytes() == b"\xff\r\n"
    assert (new / "sub" / "x").read_bytes() == b"\x00"
    assert os.readlink(new / "link") == "resource.json"
    assert (old / "config.json").read_text() == "old"


def test_what_exists_is_not_written_over(old: Path) -> None:
    (old.parent / "2").mkdir()
    with pytest.raises(OutputError, match="exists already"):
        publish(str(old), str(old.parent / "2"), {})
    assert sorted(path.name for path in old.parent.iterdir()) == ["1", "2"]


def test_a_failure_leaves_nothing(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "rename", full)
    with pytest.raises(OutputError, match="no space left"):
        publish(str(old), str(old.parent / "2"), {"config.json": "new"})
    assert [path.name for path in old.parent.iterdir()] == ["1"]
