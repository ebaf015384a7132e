"""Files of a new tree: written and renamed first, on the disk before anybody hears that it is done."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Any

import pytest

from calico_core import writing
from calico_core.errors import InputError, OutputError
from calico_core.syncing import Unsynced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from typing_extensions import Self

OLD, NEW = b"old\n", b"new bytes\n"


class Log:
    """What is asked of the system: ``write``, ``rename`` and ``sync``, each with the file's name.

    The call of this number fails; none does where it is negative.
    """

    def __init__(self, patch: pytest.MonkeyPatch, failing: int = -1, number: int = errno.EIO) -> None:
        self.calls: list[str] = []
        self.failing = failing
        self.number = number
        patch.setattr(os, "replace", self.told("rename", os.replace, lambda before, after: after))
        patch.setattr(os, "fsync", self.told("sync", os.fsync, lambda fd: os.readlink(f"/proc/self/fd/{fd}")))

    def told(self, call: str, function: Callable[..., Any], name: Callable[..., str]) -> Callable[..., Any]:
        def step(*arguments: Any) -> Any:
            self.calls.append(f"{call} {_shown(name(*arguments))}")
            if len(self.calls) - 1 == self.failing:
                raise OSError(self.number, os.strerror(self.number))
            return function(*arguments)

        return step


def _shown(path: str) -> str:
    name = os.path.basename(path)
    return "a temporary file" if name.endswith(".tmp") else name


def write_tree(output: Path, unsynced: Unsynced) -> list[OutputError]:
    """Two new files, one of them in a new folder, and one that was there."""
    failures = []
    for name in ("new.json", "folder/other.json", "there.json"):
        try:
            writing.create(str(output / name), NEW, inside=str(output), unsynced=unsynced)
        except OutputError as error:  # noqa: PERF203
            failures.append(error)
    return failures + unsynced.sync()


@pytest.fixture
def output(tmp_path: Path) -> Path:
    path = tmp_path / "output"
    path.mkdir()
    (path / "there.json").write_bytes(OLD)
    return path


ORDER = [
    "rename new.json",
    "rename other.json",
    "sync a temporary file",
    "rename there.json",
    "sync new.json",
    "sync other.json",
    "sync output",
    "sync folder",
]


def test_new_files_are_synced_last_and_then_each_directory(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = Log(monkeypatch)
    unsynced = Unsynced()
    assert write_tree(output, unsynced) == []
    assert log.calls == ORDER
    # Nothing is left to be done.
    assert unsynced.sync() == []
    assert log.calls == ORDER


@pytest.mark.parametrize("failing", range(len(ORDER)))
def test_whatever_fails_is_told_of_its_file(
    failing: int, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = Log(monkeypatch, failing)
    (failure,) = write_tree(output, Unsynced())
    what = {0: "new.json", 1: "folder/other.json", 2: "there.json", 3: "there.json", 4: "new.json",
            5: "folder/other.json", 6: "", 7: "folder"}[failing]  # fmt: skip
    assert failure.path == str(output / what)
    # A step that a file is not spared for, or the end: then it is in its place.
    written = (
        "cannot be synced: input/output error" if failing > 3 else "cannot be written: input/output error"
    )
    assert failure.message.endswith(written)
    assert ORDER[failing] in log.calls
    there = (output / "there.json").read_bytes()
    assert there == (OLD if failing in (2, 3) else NEW)
    assert not list(output.rglob("*.tmp"))
    # The others are written, and synced, all the same.
    assert {path.name for path in output.rglob("*.json")} >= {"new.json", "other.json", "there.json"} - (
        {os.path.basename(what)} if failing < 2 else set()
    )


def test_many_files_are_synced_each_before_any_directory(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"{number}.json" for number in range(100)]
    unsynced = Unsynced()
    for name in names:
        writing.create(str(output / name), NEW, inside=str(output), unsynced=unsynced)
    log = Log(monkeypatch)
    assert unsynced.sync() == []
    assert sorted(log.calls[:-1]) == sorted(f"sync {name}" for name in names)
    assert log.calls[-1] == "sync output"


def test_what_fails_among_many_files_is_told_in_the_order_of_writing(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unsynced = Unsynced()
    for number in range(100):
        writing.create(str(output / f"{number}.json"), NEW, inside=str(output), unsynced=unsynced)
    synced: list[str] = []

    def sync(descriptor: int) -> None:
        name = os.path.basename(os.readlink(f"/proc/self/fd/{descriptor}"))
        synced.append(name)
        if name in ("90.json", "11.json", "50.json"):
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", sync)
    failures = unsynced.sync()
    assert [os.path.basename(failure.path or "") for failure in failures] == ["11.json", "50.json", "90.json"]
    # All are tried.
    assert len(synced) == 101


class _Full:
    """A file that takes nothing, on a disk that is full."""

    def __init__(self, descriptor: int, mode: str) -> None:
        self._file = open(descriptor, mode)  # noqa: SIM115

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *caught: object) -> None:
        self._file.close()

    def writelines(self, parts: Iterable[bytes]) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("failing", [0, 1, 2])
def test_a_write_that_fails_leaves_nothing_to_sync(
    failing: int, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = 0

    def opener(descriptor: int, mode: str, buffering: int) -> Any:
        nonlocal opened
        opened += 1
        return _Full(descriptor, mode) if opened - 1 == failing else open(descriptor, mode, buffering)

    monkeypatch.setattr(writing, "open", opener, raising=False)
    log = Log(monkeypatch)
    (failure,) = write_tree(output, Unsynced())
    name = ("new.json", "folder/other.json", "there.json")[failing]
    assert failure.path == str(output / name)
    assert failure.message == "cannot be written: no space left on device"
    assert not [call for call in log.calls if call.endswith(os.path.basename(name))]
    assert sum(call.startswith("rename") for call in log.calls) == 2
    assert (output / "there.json").read_bytes() == (OLD if failing == 2 else NEW)
    assert not list(output.rglob("*.tmp"))


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP])
def test_a_file_system_without_a_sync_of_directories(
    number: int, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Log(monkeypatch, ORDER.index("sync output"), number)
    assert write_tree(output, Unsynced()) == []


def test_directories_above_a_new_file_are_synced_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log, unsynced = Log(monkeypatch), Unsynced()
    writing.create(str(tmp_path / "a" / "b" / "new.json"), NEW, unsynced=unsynced)
    assert unsynced.sync() == []
    assert log.calls == ["rename new.json", "sync new.json", "sync a", f"sync {tmp_path.name}", "sync b"]


@pytest.mark.parametrize("inside_of_the_system", [True, False])
@pytest.mark.parametrize("size", [0, 10, 3_000_000])
def test_a_copy_has_the_bytes_and_the_mode_and_is_a_file_of_its_own(
    size: int, inside_of_the_system: bool, output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, data = tmp_path / "source.bin", os.urandom(size)
    source.write_bytes(data)
    source.chmod(0o640)
    if not inside_of_the_system:
        monkeypatch.delattr(os, "copy_file_range", raising=False)
    place = output / "copy.bin"
    writing.copy(str(source), str(place), mode=0o640, inside=str(output), unsynced=Unsynced())
    assert place.read_bytes() == data
    assert place.stat().st_mode & 0o777 == 0o640
    assert source.stat().st_nlink == place.stat().st_nlink == 1
    assert not os.path.samefile(source, place)


def test_a_copy_of_what_cannot_be_read(output: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read: no such file"):
        writing.copy(
            str(tmp_path / "gone"), str(output / "x"), mode=0o644, inside=str(output), unsynced=Unsynced()
        )
    assert [path.name for path in output.iterdir()] == ["there.json"]
