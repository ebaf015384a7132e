"""Writing files: the old bytes or the new bytes, never half of them."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from calico_core import sources, writing
from calico_core.errors import OutputError
from calico_core.syncing import Unsynced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

OLD, NEW = b"old\n", b"new bytes\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.json"
    path.write_bytes(OLD)
    return path


def failing(number: int) -> Callable[..., None]:
    def fail(*arguments: object, **options: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def test_replaces_and_keeps_the_mode(file: Path) -> None:
    file.chmod(0o604)
    writing.replace(str(file), NEW)
    assert file.read_bytes() == NEW
    assert stat.S_IMODE(file.stat().st_mode) == 0o604
    assert [path.name for path in file.parent.iterdir()] == ["a.json"]


def test_a_link_stays_a_link(file: Path) -> None:
    inner = file.parent / "inner"
    inner.mkdir()
    link, second = inner / "link.json", file.parent / "second.json"
    link.symlink_to("../a.json")
    second.symlink_to("inner/link.json")
    writing.replace(str(second), NEW)
    assert file.read_bytes() == NEW
    assert link.is_symlink()
    assert second.is_symlink()


@pytest.mark.parametrize("call", ["fsync", "replace", "chmod"])
@pytest.mark.parametrize("number", [5, 28])
def test_nothing_happens_when_a_step_fails(
    call: str, number: int, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, call, failing(number))
    for write in (writing.replace, writing.create):
        with pytest.raises(OutputError, match="cannot be written: ") as caught:
            write(str(file), NEW)
        assert caught.value.path == str(file)
        assert os.strerror(number).lower() in caught.value.message
        assert file.read_bytes() == OLD
        assert [path.name for path in file.parent.iterdir()] == ["a.json"]


def test_an_interrupt_leaves_no_temporary_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        writing.replace(str(file), NEW)
    assert file.read_bytes() == OLD
    assert [path.name for path in file.parent.iterdir()] == ["a.json"]


def test_a_read_only_file_is_not_replaced(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.chmod(0o400)
    # Root may write everything; everybody else sees this.
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(OutputError, match="it is read-only"):
        writing.replace(str(file), NEW)
    assert file.read_bytes() == OLD


def test_only_what_was_read_is_replaced(file: Path) -> None:
    fingerprint = sources.read(str(file)).fingerprint
    writing.replace(str(file), OLD, expected=fingerprint)
    with pytest.raises(OutputError, match="has changed since it was read"):
        writing.replace(str(file), NEW, expected=fingerprint)
    assert file.read_bytes() == OLD


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no such file"):
        writing.replace(str(tmp_path / "gone"), NEW)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("mask,mode", [(0o022, 0o644), (0o077, 0o600), (0o000, 0o666)])
def test_a_new_file_obeys_the_umask(mask: int, mode: int, tmp_path: Path) -> None:
    before = os.umask(mask)
    try:
        writing.create(str(tmp_path / "new.json"), NEW)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new.json").stat().st_mode) == mode


def test_makes_directories_and_keeps_the_mode_of_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "c.json"
    writing.create(str(path), OLD, mode=0o700)
    assert path.read_bytes() == OLD
    path.chmod(0o640)
    writing.create(str(path), NEW, mode=0o777)
    assert path.read_bytes() == NEW
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_file_gets_its_bytes_in_parts(file: Path) -> None:
    parts = [b"a" * 300_000, b"", b"b", b"c" * 5]
    writing.replace(str(file), iter(parts))
    assert file.read_bytes() == b"".join(parts)
    writing.create(str(file.parent / "new.json"), iter(parts))
    assert (file.parent / "new.json").read_bytes() == b"".join(parts)


def test_a_stream_gets_its_bytes_in_parts() -> None:
    reading, written = os.pipe()
    try:
        writing.create(f"/dev/fd/{written}", iter([b"one ", b"two "]))
        writing.create(f"/dev/fd/{written}", b"three")
        assert os.read(reading, 100) == b"one two three"
    finally:
        os.close(reading)
        os.close(written)


def test_a_part_that_cannot_be_made_leaves_the_old_bytes(file: Path) -> None:
    def parts() -> Iterator[bytes]:
        yield b"new"
        raise OSError(5, "Input/output error")

    with pytest.raises(OutputError, match="input/output error"):
        writing.replace(str(file), parts())
    assert file.read_bytes() == OLD
    assert [path.name for path in file.parent.iterdir()] == ["a.json"]


def test_a_directory_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="is a directory"):
        writing.create(str(tmp_path), NEW)


def test_a_file_is_no_directory(file: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        writing.create(str(file / "b.json"), NEW)
    assert file.read_bytes() == OLD


class TestInside:
    """With `inside`, nothing outside that directory is touched."""

    @pytest.fixture
    def outside(self, tmp_path: Path) -> Path:
        path = tmp_path / "outside"
        path.mkdir()
        (path / "kept.json").write_bytes(OLD)
        return path

    @pytest.fixture
    def output(self, tmp_path: Path) -> Path:
        path = tmp_path / "output"
        path.mkdir()
        return path

    def test_no_link_to_a_directory_is_followed(self, output: Path, outside: Path) -> None:
        (output / "inner").symlink_to(outside)
        with pytest.raises(OutputError, match="lies outside"):
            writing.create(str(output / "inner" / "kept.json"), NEW, inside=str(output))
        assert (outside / "kept.json").read_bytes() == OLD

    def test_a_link_at_the_place_itself_is_replaced(self, output: Path, outside: Path) -> None:
        (output / "a.json").symlink_to(outside / "kept.json")
        writing.create(str(output / "a.json"), NEW, inside=str(output))
        assert not (output / "a.json").is_symlink()
        assert (output / "a.json").read_bytes() == NEW
        assert (outside / "kept.json").read_bytes() == OLD

    @pytest.mark.parametrize("way", ["../outside/new.json", "x/../../outside/new.json"])
    def test_dots_lead_nowhere(self, way: str, output: Path, outside: Path) -> None:
        with pytest.raises(OutputError, match="lies outside"):
            writing.create(os.path.join(output, way), NEW, inside=str(output))
        assert [path.name for path in outside.iterdir()] == ["kept.json"]

    def test_a_link_as_the_output_itself(self, output: Path, tmp_path: Path) -> None:
        link = tmp_path / "link"
        link.symlink_to(output)
        writing.create(str(link / "b" / "a.json"), NEW, inside=str(link))
        assert (output / "b" / "a.json").read_bytes() == NEW

    def test_a_run_that_knows_a_directory_is_led_out_by_no_other_name(
        self, output: Path, outside: Path
    ) -> None:
        unsynced = Unsynced()
        for name in ("a.json", "b.json"):
            writing.create(str(output / "x" / name), NEW, inside=str(output), unsynced=unsynced)
        (output / "x" / "c.json").symlink_to(outside / "kept.json")
        writing.create(str(output / "x" / "c.json"), NEW, inside=str(output), unsynced=unsynced)
        (output / "inner").symlink_to(outside)
        for way in ("inner/kept.json", "x/../../outside/kept.json", "x/.."):
            with pytest.raises(OutputError):
                writing.create(os.path.join(output, way), NEW, inside=str(output), unsynced=unsynced)
        with pytest.raises(OutputError, match="a link belongs there"):
            writing.link(str(output / "x"), "outside", inside=str(output), unsynced=unsynced)
        assert unsynced.sync() == []
        assert {path.name: path.read_bytes() for path in (output / "x").iterdir()} == {
            "a.json": NEW, "b.json": NEW, "c.json": NEW,
        }  # fmt: skip
        assert (outside / "kept.json").read_bytes() == OLD

    def test_a_link_is_made_inside_only(self, output: Path, outside: Path) -> None:
        (output / "inner").symlink_to(outside)
        with pytest.raises(OutputError, match="lies outside"):
            writing.link(str(output / "inner" / "kept.json"), "x", inside=str(output))
        assert (outside / "kept.json").read_bytes() == OLD
        (output / "a.json").write_bytes(OLD)
        writing.link(str(output / "a.json"), "b.json", inside=str(output))
        writing.link(str(output / "new" / "c.json"), "../b.json", inside=str(output))
        assert os.readlink(output / "a.json") == "b.json"
        assert os.readlink(output / "new" / "c.json") == "../b.json"
        (output / "d").mkdir()
        with pytest.raises(OutputError, match="is a directory"):
            writing.link(str(output / "d"), "b.json", inside=str(output))

    def test_a_file_that_stays_is_no_link(self, output: Path, outside: Path) -> None:
        (output / "lock").symlink_to(outside / "kept.json")
        with pytest.raises(OutputError, match="is a link"):
            writing.own_place(str(output / "lock"), str(output))
        assert writing.own_place(str(output / "free"), str(output)) == os.path.realpath(output / "free")


def test_other_names_keep_the_old_bytes_and_are_counted(file: Path) -> None:
    os.link(file, file.parent / "b.json")
    assert writing.replace(str(file), NEW) == 1
    assert (file.parent / "b.json").read_bytes() == OLD
    assert writing.replace(str(file), OLD) == 0


@pytest.mark.parametrize("expected", [True, False])
def test_what_changes_while_it_is_written_stays(
    expected: bool, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fingerprint = sources.read(str(file)).fingerprint if expected else None
    sync = os.fsync

    def meanwhile(descriptor: int) -> None:
        file.write_bytes(b"somebody else's\n")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", meanwhile)
    with pytest.raises(OutputError, match="has changed since it was read"):
        writing.replace(str(file), NEW, expected=fingerprint)
    assert file.read_bytes() == b"somebody else's\n"
    assert [path.name for path in file.parent.iterdir()] == ["a.json"]


@pytest.mark.parametrize("call", ["open", "chmod", "replace", "stat"])
def test_an_interrupt_at_any_step_leaves_nothing(
    call: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    function = getattr(os, call)

    def interrupted(*arguments: object, **options: object) -> None:
        # In the moment after the step is done, when nobody has its result yet.
        function(*arguments, **options)
        raise KeyboardInterrupt

    monkeypatch.setattr(os, call, interrupted)
    with pytest.raises(KeyboardInterrupt):
        writing.replace(str(file), NEW)
    monkeypatch.undo()
    assert file.read_bytes() in (OLD, NEW)
    assert [path.name for path in file.parent.iterdir()] == ["a.json"]


def test_the_group_is_kept_where_it_may_be(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.chmod(0o2660)
    status = os.stat(file)
    theirs = os.stat_result((*status[:4], status.st_uid + 1, status.st_gid + 1, *status[6:]))
    asked: list[tuple[int, int]] = []

    def chown(path: str, owner: int, group: int) -> None:
        asked.append((owner, group))
        if owner != -1:
            raise PermissionError(1, "not permitted")

    stat_of = os.stat
    monkeypatch.setattr(os, "chown", chown)
    monkeypatch.setattr(os, "stat", lambda path: theirs if path == str(file) else stat_of(path))
    writing.replace(str(file), NEW)
    monkeypatch.undo()
    assert asked == [(status.st_uid + 1, status.st_gid + 1), (-1, status.st_gid + 1)]
    assert stat.S_IMODE(file.stat().st_mode) == 0o2660


def test_rights_of_others_are_not_lent(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.chmod(0o6755)
    status = os.stat(file)
    theirs = os.stat_result((*status[:4], status.st_uid + 1, status.st_gid + 1, *status[6:]))
    stat_of = os.stat
    monkeypatch.setattr(os, "chown", failing(1))
    monkeypatch.setattr(os, "stat", lambda path: theirs if path == str(file) else stat_of(path))
    writing.replace(str(file), NEW)
    monkeypatch.undo()
    assert stat.S_IMODE(file.stat().st_mode) == 0o755
