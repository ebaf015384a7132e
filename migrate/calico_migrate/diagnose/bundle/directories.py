"""An extracted bundle in a directory; links are never followed out of it."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from calico_core.sources import reason
from calico_migrate.diagnose.bundle.members import BLOCK, DamagedError, Member

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Directory:
    """The regular files below a directory, sorted by name; raises OSError where it cannot be listed."""

    incomplete = False

    def __init__(self, path: str, limit: int) -> None:
        self._top = path
        self._paths: list[str] = []
        self._sizes: list[int] = []
        self._unlisted: list[tuple[str, str]] = []
        self.unlisted: Sequence[tuple[str, str]] = self._unlisted
        for folder, names, files in os.walk(path, onerror=self._not_listed):
            names.sort()
            for name in sorted(files):
                if len(self._paths) < limit:
                    self._take(os.path.join(folder, name))

    def _take(self, path: str) -> None:
        try:
            found = os.lstat(path)
        except OSError as error:
            self._not_listed(error)
            return
        if stat.S_ISREG(found.st_mode):
            self._paths.append(os.path.relpath(path, self._top))
            self._sizes.append(found.st_size)

    def _not_listed(self, error: OSError) -> None:
        if error.filename == self._top:
            raise error
        self._unlisted.append((os.path.relpath(error.filename, self._top), reason(error)))

    def members(self) -> Sequence[Member]:
        """The files."""
        return [
            Member(path.replace(os.sep, "/"), size, number)
            for number, (path, size) in enumerate(zip(self._paths, self._sizes, strict=True))
        ]

    def blocks(self, member: Member) -> Iterator[bytes]:
        """The file's bytes."""
        try:
            with open(os.path.join(self._top, self._paths[member.handle]), "rb") as file:
                while block := file.read(BLOCK):
                    yield block
        except OSError as error:
            raise DamagedError(reason(error)) from error

    def close(self) -> None:
        """Nothing is open."""
