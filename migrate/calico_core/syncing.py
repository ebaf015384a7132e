"""Files that are in their places, and not yet on the disk: the ends of a run that writes a new tree.

Waiting for the disk after each of thousands of files takes most of such a run. They are written and renamed
first, and synced together at its end, so that "done" is said of what a power cut does not take away.
"""

from __future__ import annotations

import contextlib
import errno
import os
from typing import TYPE_CHECKING

from calico_core.errors import OutputError
from calico_core.sources import reason

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# What file systems answer that cannot sync a directory, or that need not.
_NO_SUCH_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EROFS})


# How many files are synced at the same time, each by itself: a disk that has one to wait for is mostly idle.
_AT_ONCE = 4
# So many are not worth a thread.
_FEW = 16


class Unsynced:
    """What has been written since the last `sync`.

    ``resolved`` is for `writing`: where the directories really are that this run has written to.
    """

    def __init__(self) -> None:
        self.resolved: dict[tuple[str, str], str] = {}
        self._files: dict[str, str] = {}
        self._directories: dict[str, None] = {}

    def add_file(self, target: str, path: str) -> None:
        """Takes note of a file without its sync; ``path`` is how it is called in errors."""
        self._files[target] = path

    def add_directory(self, directory: str) -> None:
        """Takes note of a directory that has got or lost a name."""
        self._directories[directory] = None

    def sync(self) -> list[OutputError]:
        """Syncs each file, then each directory once; answers what failed, in the order of writing.

        A file of which that failed is in its place, and may not be there after a power cut.
        """
        failed = _sync_files(list(self._files))
        failures = [
            _failure(failed[target], path) for target, path in self._files.items() if target in failed
        ]
        for directory in self._directories:
            error = _tried(_sync_directory, directory)
            if error is not None:
                failures.append(_failure(error, directory))
        self._files.clear()
        self._directories.clear()
        return failures


def _sync_files(targets: Sequence[str]) -> dict[str, OSError]:
    """Syncs each file; answers those that failed."""
    failed: dict[str, OSError] = {}
    if len(targets) <= _FEW:
        for target in targets:
            error = _tried(_sync_file, target)
            if error is not None:
                failed[target] = error
        return failed
    import threading

    stopped = threading.Event()

    def work(part: Sequence[str]) -> None:
        for target in part:
            _announce(target)
        for target in part:
            if stopped.is_set():
                return
            error = _tried(_sync_file, target)
            if error is not None:
                failed[target] = error

    threads = [threading.Thread(target=work, args=(targets[first::_AT_ONCE],)) for first in range(_AT_ONCE)]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        # Where this is interrupted, the rest is not waited for.
        stopped.set()
    return failed


def _announce(target: str) -> None:
    """Lets the system begin to write a file that is to be synced; Linux does so with what it may drop."""
    if not hasattr(os, "posix_fadvise"):
        return
    with contextlib.suppress(OSError):
        descriptor = _opened(target)
        try:
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(descriptor)


def _tried(sync: Callable[[str], None], path: str) -> OSError | None:
    try:
        sync(path)
    except OSError as error:
        return error
    return None


def _opened(target: str) -> int:
    try:
        return os.open(target, os.O_RDONLY | os.O_CLOEXEC)
    except PermissionError:
        # Its mode is that of what it was made from.
        return os.open(target, os.O_WRONLY | os.O_CLOEXEC)


def _sync_file(target: str) -> None:
    descriptor = _opened(target)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_directory(directory: str) -> None:
    try:
        descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except PermissionError:
        # Whoever may not list a directory cannot open it; the files themselves are synced.
        return
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_SUCH_SYNC:
            raise
    finally:
        os.close(descriptor)


def _failure(error: OSError, path: str) -> OutputError:
    told = "is written, but a power cut may take it away, because it cannot be synced"
    return OutputError(f"{told}: {reason(error)}", path=path)
