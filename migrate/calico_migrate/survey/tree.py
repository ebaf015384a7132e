"""The files of a tree: all of them, but for what version control and environments keep for themselves."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, NamedTuple

from calico_core.sources import reason
from calico_migrate.survey.place import Unread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

PASSED_OVER = frozenset({".git", ".hg", ".svn", ".tox", ".venv", "__pycache__"})
"""Directories that nobody looks into."""

COUNTED = frozenset({"node_modules", "vendor"})
"""Directories of other people's files: passed over, and counted."""

_SPECIAL: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class File(NamedTuple):
    """A file of the tree: its path as it is shown and opened, the PATH it came from, and its own name."""

    path: str
    root: str
    name: str

    @property
    def below(self) -> str:
        """Its place below the PATH."""
        return self.name if self.path == self.root else os.path.relpath(self.path, self.root)


class Tree:
    """The files below some paths. ``unread`` and ``passed_over`` are known when `files` has ended."""

    def __init__(self, paths: Sequence[str], is_ignored: Callable[[str, bool], bool] | None = None) -> None:
        self._paths = paths
        self._is_ignored = is_ignored
        self.unread: list[Unread] = []
        self.passed_over: dict[str, int] = {}

    def files(self) -> Iterator[File]:
        """Every regular file once, sorted by path below each root; links that lead nowhere are no files."""
        for path in self._paths:
            try:
                status = os.stat(path)
            except OSError as error:
                self.unread.append(Unread(path, reason(error), is_error=True))
                continue
            if stat.S_ISDIR(status.st_mode):
                yield from self._below(path)
            elif (special := _special(status.st_mode)) is not None:
                self.unread.append(Unread(path, special, is_error=True))
            else:
                yield File(path, path, os.path.basename(path))

    def _below(self, root: str) -> Iterator[File]:
        pending = [root]
        while pending:
            folder = pending.pop()
            try:
                with os.scandir(folder) as found:
                    entries = sorted(found, key=lambda entry: entry.name, reverse=True)
            except OSError as error:
                self.unread.append(Unread(folder, reason(error), is_error=True))
                continue
            files: list[File] = []
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if entry.name in COUNTED:
                        self.passed_over[entry.name] = self.passed_over.get(entry.name, 0) + _count(
                            entry.path
                        )
                    elif entry.name not in PASSED_OVER and not self._ignores(entry.path, directory=True):
                        pending.append(entry.path)
                elif self._is_file(entry, root):
                    if not self._ignores(entry.path, directory=False):
                        files.append(File(entry.path, root, entry.name))
                elif special := self._why_unread(entry):
                    self.unread.append(Unread(entry.path, special))
            yield from reversed(files)

    def _ignores(self, path: str, *, directory: bool) -> bool:
        return self._is_ignored is not None and self._is_ignored(path, directory)

    def _why_unread(self, entry: os.DirEntry[str]) -> str | None:
        """Why a thing of the tree that is no file is not read; None for links, and for what is ignored."""
        try:
            why = _special(entry.stat(follow_symlinks=False).st_mode)
        except OSError:
            return None
        return why if why is not None and not self._ignores(entry.path, directory=False) else None

    def _is_file(self, entry: os.DirEntry[str], root: str) -> bool:
        """Whether it is a regular file, or a link to one that is not met otherwise."""
        try:
            if not entry.is_symlink():
                return entry.is_file(follow_symlinks=False)
            target = os.path.realpath(entry.path)
            top = os.path.realpath(root)
            # What lies in the tree comes by its own name, and what lies outside is not of this tree.
            return (
                os.path.isfile(target) and os.path.commonpath([top, target]) == top and _hidden(target, top)
            )
        except (OSError, ValueError):
            return False


def _special(mode: int) -> str | None:
    """Why something with this mode is not read; None for a file, a directory and a link.

    Reading such a thing waits for whoever writes into it, or takes away what they wrote.
    """
    for is_kind, kind in _SPECIAL:
        if is_kind(mode):
            return f"{kind}, which is not read"
    return None


def _hidden(target: str, top: str) -> bool:
    """Whether the walk does not come to a file of the tree by its own name."""
    steps = os.path.relpath(target, top).split(os.sep)[:-1]
    return any(step in PASSED_OVER or step in COUNTED for step in steps)


def _count(folder: str) -> int:
    return sum(len(files) for _, _, files in os.walk(folder))
