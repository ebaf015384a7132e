"""An extracted bundle in a directory; links are never followed out of it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from calico_core.sources import reason
from calico_migrate.diagnose.bundle.members import BLOCK, DamagedError, Member

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Directory:
    """The regular files below a directory, sorted by name."""

    incomplete = False

    def __init__(self, path: str, limit: int) -> None:
        self._top = path
        self._paths: list[str] = []
        self._sizes: list[int] = []
        for folder, names, files in os.walk(path):
            names.sort()
            for name in sorted(files):
                full = os.path.join(folder, name)
                if os.path.islink(full) or not os.path.isfile(full) or len(self._paths) >= limit:
                    continue
                self._paths.append(os.path.relpath(full, path))
                self._sizes.append(os.path.getsize(full))

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
