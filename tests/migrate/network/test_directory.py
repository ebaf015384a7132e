"""A directory appears whole or not at all, and an existing one is touched only when told so."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from calico_core.errors import OutputError, UsageError
from calico_migrate.network.directory import write_directory
from calico_migrate.network.generation import GeneratedFile, generate
from calico_migrate.network.settings import GenerationSettings

if TYPE_CHECKING:
    from pathlib import Path

WEB = GenerationSettings("web", "10.1.0.0/16", agents=("10.0.0.1", "10.0.0.2"))


def _tree(directory: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(directory)): path.read_bytes() for path in directory.rglob("*") if path.is_file()
    }


def _contents(settings: GenerationSettings) -> dict[str, bytes]:
    return {path: file.content for path, file in generate(settings).items()}


def test_a_new_directory_has_every_file_and_scripts_can_be_started(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "web"
    write_directory(str(target), generate(WEB))
    assert _tree(target) == _contents(WEB)
    for path in target.rglob("*.sh"):
        assert path.stat().st_mode & stat.S_IXUSR
    assert sorted(os.listdir(target.parent)) == ["web"]


def test_an_empty_directory_is_as_good_as_none(tmp_path: Path) -> None:
    write_directory(str(tmp_path), generate(WEB))
    assert _tree(tmp_path) == _contents(WEB)


def test_an_existing_directory_stays_without_force(tmp_path: Path) -> None:
    write_directory(str(tmp_path / "web"), generate(WEB))
    before = _tree(tmp_path)
    with pytest.raises(UsageError, match="--force"):
        write_directory(str(tmp_path / "web"), generate(WEB._replace(isolated=True)))
    assert _tree(tmp_path) == before


def test_force_replaces_the_files_and_keeps_the_journal_and_everything_else(tmp_path: Path) -> None:
    target = tmp_path / "web"
    write_directory(str(target), generate(WEB))
    (target / "run-journal.json").write_text("{}")
    (target / "notes.txt").write_text("mine")
    (target / "agents/10.0.0.1/notes.txt").write_text("mine too")

    changed = WEB._replace(agents=("10.0.0.3",))
    write_directory(str(target), generate(changed), force=True)

    assert _tree(target) == {
        **_contents(changed),
        "run-journal.json": b"{}",
        "notes.txt": b"mine",
        "agents/10.0.0.1/notes.txt": b"mine too",
    }
    assert not (target / "agents/10.0.0.2").exists()


@pytest.mark.parametrize("name", ["README.md", "network.json"])
def test_force_replaces_nothing_of_somebody_else(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("dear")
    with pytest.raises(OutputError, match=f"was not generated before.*{name} is in the way"):
        write_directory(str(tmp_path), generate(WEB), force=True)
    assert _tree(tmp_path) == {name: b"dear"}


def test_force_writes_beside_files_of_somebody_else(tmp_path: Path) -> None:
    (tmp_path / "run-journal.json").write_text("{}")
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(UsageError, match="--force"):
        write_directory(str(tmp_path), generate(WEB))
    write_directory(str(tmp_path), generate(WEB), force=True)
    assert _tree(tmp_path) == {**_contents(WEB), "run-journal.json": b"{}", "letter.txt": b"dear"}


def test_a_file_in_the_way_stays(tmp_path: Path) -> None:
    (tmp_path / "web").write_text("a file")
    with pytest.raises(OutputError, match="no directory"):
        write_directory(str(tmp_path / "web"), generate(WEB), force=True)
    assert (tmp_path / "web").read_text() == "a file"


def test_a_link_that_leads_away_is_not_followed(tmp_path: Path) -> None:
    target, elsewhere = tmp_path / "web", tmp_path / "elsewhere"
    write_directory(str(target), generate(WEB))
    elsewhere.mkdir()
    for script in (target / "agents/10.0.0.1").iterdir():
        script.unlink()
    (target / "agents/10.0.0.1").rmdir()
    (target / "agents/10.0.0.1").symlink_to(elsewhere)
    with pytest.raises(OutputError, match="lies outside"):
        write_directory(str(target), generate(WEB), force=True)
    assert list(elsewhere.iterdir()) == []


def test_a_failure_in_the_middle_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {**generate(WEB), "README.md/impossible": GeneratedFile.of(b"")}
    with pytest.raises(OutputError, match="cannot be written"):
        write_directory(str(tmp_path / "web"), files)
    assert list(tmp_path.iterdir()) == []


def test_links_in_the_place_of_files_are_replaced_not_followed(tmp_path: Path) -> None:
    target, victim = tmp_path / "web", tmp_path / "victim"
    victim.write_text("precious")
    write_directory(str(target), generate(WEB))
    (target / "README.md").unlink()
    (target / "README.md").symlink_to(victim)
    write_directory(str(target), generate(WEB), force=True)
    assert victim.read_text() == "precious"
    assert _tree(target) == _contents(WEB)
