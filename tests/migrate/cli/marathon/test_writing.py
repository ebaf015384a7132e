"""What `calico-migrate marathon` writes, and where: in place, to a file, to a tree, to a pipe; whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from calico_core.exits import ExitCode
from calico_migrate import Options, Rewriting, rewrite
from calico_migrate.cli.rewrite import Run
from tests.migrate.cli.marathon.definitions import APP, CLEAN, MOVED
from tests.support.command_line import run

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from calico_core.report import Report
    from calico_core.spans import Edit


def test_write_keeps_links_modes_and_everything_else(tree: Path) -> None:
    (tree / "app.json").chmod(0o640)
    result = run("marathon", "-w", str(tree))
    assert (result.code, result.text) == (0, "")
    assert (tree / "app.json").read_bytes() == MOVED
    assert (tree / "app.json").stat().st_mode & 0o777 == 0o640
    assert (tree / "link.json").is_symlink()
    assert (tree / "inner" / "clean.json").read_bytes() == CLEAN
    assert (tree / ".git" / "app.json").read_bytes() == APP
    assert sorted(path.name for path in tree.iterdir()) == [
        ".git", "app.json", "away.json", "inner", "link.json", "package.json",
    ]  # fmt: skip


def test_write_through_a_link(app: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to("app.json")
    assert run("marathon", "-w", str(link)).code == 0
    assert link.is_symlink()
    assert app.read_bytes() == MOVED


def test_output_file(app: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "out.json"
    result = run("marathon", "-o", str(out), str(app))
    assert (result.code, result.text, out.read_bytes()) == (0, "", MOVED)
    assert run("marathon", "-o", str(out), "-", stdin=CLEAN).code == 0
    assert out.read_bytes() == CLEAN


def test_output_directory_holds_the_whole_tree(tree: Path, tmp_path: Path) -> None:
    (tree / "inner" / "broken.json").write_bytes(b'{"networks": [}')
    out = tmp_path / "out"
    assert run("marathon", "-o", str(out), str(tree)).code == 3
    assert (out / "app.json").read_bytes() == MOVED
    assert (out / "inner" / "broken.json").read_bytes() == b'{"networks": [}'
    assert (out / "inner" / "notes.txt").read_bytes() == b"dcos \xff"
    assert (out / ".git" / "app.json").read_bytes() == APP
    assert (out / "link.json").readlink().name == "app.json"
    assert not os.path.lexists(out / "away.json")


def test_nothing_leaves_the_output_directory(tree: Path, tmp_path: Path) -> None:
    out, outside = tmp_path / "out", tmp_path / "outside"
    out.mkdir()
    outside.mkdir()
    (out / "inner").symlink_to(outside)
    (out / "app.json").symlink_to(outside / "app.json")
    result = run("marathon", "-o", str(out), str(tree))
    assert result.code == 5
    assert list(outside.iterdir()) == []
    assert (out / "app.json").read_bytes() == MOVED
    assert not (out / "app.json").is_symlink()


def test_two_inputs_in_one_place(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "app.json").write_bytes(APP)
    result = run("marathon", "-o", str(tmp_path / "out"), str(tmp_path / "a"), str(tmp_path / "b"))
    assert result.code == 2
    assert "both be written to" in result.errors
    assert not (tmp_path / "out").exists()


def test_a_full_disk_keeps_the_old_bytes(app: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    result = run("marathon", "-w", str(app))
    assert result.code == 5
    assert "no space left on device" in result.errors
    assert app.read_bytes() == APP
    assert [path.name for path in app.parent.iterdir()] == ["app.json"]


def test_a_file_that_changes_meanwhile(app: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(text: str, options: Options, **how: bool) -> Rewriting:
        app.write_bytes(APP + b" ")
        return rewrite(text, options, **how)

    monkeypatch.setattr("calico_migrate.marathon.files.rewrite", slow)
    result = run("marathon", "-w", str(app))
    assert result.code == 5
    assert "changed since it was read" in result.errors
    assert app.read_bytes() == APP + b" "


def test_a_result_that_is_not_what_was_planned(app: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(text: str, edits: Sequence[Edit], start: int, end: int) -> str:
        return text[start:end].replace("/web", "/wob")

    monkeypatch.setattr("calico_migrate.marathon.verification.apply", wrong)
    result = run("marathon", "-w", str(app))
    assert result.code == 5
    assert "fault of the tool" in result.errors
    assert app.read_bytes() == APP


def test_output_to_a_pipe_leaves_it_a_pipe(app: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert run("marathon", str(app), "-o", str(pipe)).code == 0
        assert os.read(reader, 10_000) == MOVED
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_output_to_standard_output_by_its_name(app: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_bytes(b"before\n")
    command = [sys.executable, "-m", "calico_migrate", "marathon", str(app), "-o", "/dev/stdout"]
    with log.open("ab") as stream:
        subprocess.run(command, stdout=stream, stderr=subprocess.DEVNULL, check=True)
        stream.write(b"behind\n")
    assert log.read_bytes() == b"before\n" + MOVED + b"behind\n"


def test_a_pipe_is_not_rewritten_in_place(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    try:
        os.write(writer, APP)
        os.close(writer)
        result = run("marathon", "-w", f"/dev/fd/{reader}")
    finally:
        os.close(reader)
    assert result.code == 5
    assert "is no regular file" in result.errors


def test_an_output_that_ends_with_a_slash_is_a_directory(app: Path, tmp_path: Path) -> None:
    result = run("marathon", str(app), "-o", f"{tmp_path}/new/")
    assert result.code == 2
    assert not (tmp_path / "new").exists()


def test_a_new_tree_is_on_the_disk_before_it_is_told(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tree.parent / "moved"
    synced: list[str] = []
    told: list[int] = []
    sync, show = os.fsync, Run._show

    def synced_now(descriptor: int) -> None:
        synced.append(os.path.relpath(os.readlink(f"/proc/self/fd/{descriptor}"), tree.parent))
        sync(descriptor)

    def show_now(self: Run, report: Report) -> None:
        told.append(len(synced))
        show(self, report)

    monkeypatch.setattr(os, "fsync", synced_now)
    monkeypatch.setattr(Run, "_show", show_now)
    assert run("marathon", "-o", str(output), str(tree)).code == 0
    assert sorted(synced[:5]) == sorted(
        f"moved/{name}"
        for name in ("app.json", "inner/clean.json", ".git/app.json", "inner/notes.txt", "package.json")
    )
    assert sorted(synced[5:]) == [".", "moved", "moved/.git", "moved/inner"]
    assert told == [9]


@pytest.mark.parametrize("failing", ["app.json", "notes.txt", "inner"])
def test_what_is_not_on_the_disk_is_told(failing: str, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tree.parent / "moved"
    sync = os.fsync

    def fail(descriptor: int) -> None:
        if os.path.basename(os.readlink(f"/proc/self/fd/{descriptor}")) == failing:
            raise OSError(5, os.strerror(5))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", fail)
    result = run("marathon", "-o", str(output), str(tree))
    assert result.code == ExitCode.UNWRITTEN
    told = "is written, but a power cut may take it away, because it cannot be synced: input/output error"
    assert told in result.errors
    assert failing in result.errors
    assert (output / "app.json").read_bytes() == MOVED
