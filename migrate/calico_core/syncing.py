"""Files that are in their places, and not yet on the disk: the ends of a run that writes a new tree.

Waiting for the disk after each of thousands of files takes most of such a run. They are written and renamed
first, and synced together at its end, so that "done" is said of what a power cut does not take away.
"""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

from calico_core.errors import OutputError
from calico_core.sources import reason

if TYPE_CHECKING:
    from collections.abc import Callable

# What file systems answer that cannot sync a directory, or that need not.
_NO_SUCH_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EROFS})


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
        """Syncs each file in the order of writing, then each directory once; answers what failed.

        A file of which that failed is in its place, and may not be there after a power cut.
        """
        files = [_failure(_tried(_sync_file, target), path) for target, path in self._files.items()]
        directories = [_failure(_tried(_sync_directory, each), each) for each in self._directories]
        self._files.clear()
        self._directories.clear()
        return [failure for failure in (*files, *directories) if failure is not None]


def _tried(sync: Callable[[str], None], path: str) -> OSError | None:
    try:
        sync(path)
    except OSError as error:
        return error
    return None


def _sync_file(target: str) -> None:
    try:
        descriptor = os.open(target, os.O_RDONLY | os.O_CLOEXEC)
    except PermissionError:
        # Its mode is that of what it was made from.
        descriptor = os.open(target, os.O_WRONLY | os.O_CLOEXEC)
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


def _failure(error: OSError | None, path: str) -> OutputError | None:
    if error is None:
        return None
    told = "is written, but a power cut may take it away, because it cannot be synced"
    return OutputError(f"{told}: {reason(error)}", path=path)
