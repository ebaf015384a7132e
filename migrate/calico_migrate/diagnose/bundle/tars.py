"""What the collector script makes: a ``tar.gz`` of one node."""

from __future__ import annotations

import tarfile
import zlib
from typing import TYPE_CHECKING

from calico_migrate.diagnose.bundle.members import BLOCK, DamagedError, Member

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Tar:
    """A tar, compressed or not; its regular files."""

    def __init__(self, path: str, limit: int) -> None:
        self._tar = tarfile.open(path)  # noqa: SIM115
        self._infos: list[tarfile.TarInfo] = []
        self.incomplete = False
        self.unlisted: Sequence[tuple[str, str]] = ()
        try:
            for info in self._tar:
                if info.isfile() and len(self._infos) < limit:
                    self._infos.append(info)
        except (tarfile.TarError, EOFError, OSError, zlib.error):
            self.incomplete = True

    def members(self) -> Sequence[Member]:
        """The files, without a leading ``./``."""
        return [
            Member(info.name.removeprefix("./"), info.size, number) for number, info in enumerate(self._infos)
        ]

    def blocks(self, member: Member) -> Iterator[bytes]:
        """The file's bytes."""
        try:
            stream = self._tar.extractfile(self._infos[member.handle])
            while stream is not None and (block := stream.read(BLOCK)):
                yield block
        except (tarfile.TarError, EOFError, OSError, zlib.error) as error:
            raise DamagedError(str(error)) from error

    def close(self) -> None:
        """Closes the file."""
        self._tar.close()
