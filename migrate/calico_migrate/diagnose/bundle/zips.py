"""A zip as the bundle's makers write it, and one whose end is missing.

A truncated download has no central directory. Its members are found again by their local headers: name,
compression and the deflated bytes, which end by themselves; the data descriptor behind them is passed over
(PKWARE APPNOTE 4.3.7 and 4.3.9).
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from calico_migrate.diagnose.bundle.members import BLOCK, DamagedError, Member

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import IO

_LOCAL = b"PK\x03\x04"
_DESCRIPTOR = b"PK\x07\x08"
_HEADER = struct.Struct("<4s5H3I2H")
_ENCRYPTED = 0x1
_STREAMED = 0x8
_KNOWN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Zip:
    """A whole zip, read with the standard library."""

    incomplete = False
    unlisted: Sequence[tuple[str, str]] = ()

    def __init__(self, path: str) -> None:
        self._zip = zipfile.ZipFile(path)
        self._infos = [info for info in self._zip.infolist() if not info.is_dir()]

    def members(self) -> Sequence[Member]:
        """The members in the order of the central directory."""
        return [
            Member(
                info.orig_filename,
                info.file_size,
                number,
                info.CRC,
                _problem(info.flag_bits, info.compress_type),
            )
            for number, info in enumerate(self._infos)
        ]

    def blocks(self, member: Member) -> Iterator[bytes]:
        """The member's bytes; counted, never taken from what the archive declares."""
        try:
            with self._zip.open(self._infos[member.handle]) as stream:
                while block := stream.read(BLOCK):
                    yield block
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            RuntimeError,  # An encrypted member; NotImplementedError, a method without a decoder, is one too.
        ) as error:
            raise DamagedError(str(error)) from error

    def close(self) -> None:
        """Closes the file."""
        self._zip.close()


class CutZip:
    """What can be found again of a zip without its central directory."""

    incomplete = True
    unlisted: Sequence[tuple[str, str]] = ()

    def __init__(self, path: str, limit: int) -> None:
        self._file = open(path, "rb")  # noqa: SIM115
        self._members: list[Member] = []
        self._starts: list[tuple[int, int, int]] = []
        self._find(limit)

    def members(self) -> Sequence[Member]:
        """The members whose headers are there; the last one may be cut."""
        return self._members

    def blocks(self, member: Member) -> Iterator[bytes]:
        """The member's bytes, as far as they go."""
        start, method, size = self._starts[member.handle]
        self._file.seek(start)
        if method == zipfile.ZIP_STORED:
            yield from _stored(self._file, size)
        else:
            yield from (block for block, _ in _inflated(self._file))

    def close(self) -> None:
        """Closes the file."""
        self._file.close()

    def _find(self, limit: int) -> None:
        """Walks from header to header; what cannot be inflated to its end is the last member."""
        position = 0
        while len(self._members) < limit:
            self._file.seek(position)
            head = self._file.read(_HEADER.size)
            if len(head) < _HEADER.size or not head.startswith(_LOCAL):
                return
            fields = _HEADER.unpack(head)
            flags, method, checksum, packed = fields[2], fields[3], fields[6], fields[7]
            raw = self._file.read(fields[9])
            if len(raw) < fields[9]:
                return
            name = raw.decode("utf-8" if flags & 0x800 else "cp437", "replace")
            start = position + _HEADER.size + fields[9] + fields[10]
            problem = _problem(flags, method)
            if not name.endswith("/"):
                self._members.append(Member(name, -1, len(self._starts), checksum, problem))
                self._starts.append((start, method, packed))
            if problem and not packed:
                return
            end = start + packed if packed or method == zipfile.ZIP_STORED else self._end_of(start)
            if end is None:
                return
            position = self._behind_descriptor(end) if flags & _STREAMED else end

    def _end_of(self, start: int) -> int | None:
        """Where the deflated bytes end, None where they are cut."""
        self._file.seek(start)
        try:
            return start + max((used for _, used in _inflated(self._file)), default=0)
        except DamagedError:
            return None

    def _behind_descriptor(self, end: int) -> int:
        self._file.seek(end)
        tail = self._file.read(28)
        skipped = 16 if tail.startswith(_DESCRIPTOR) else 12
        # A descriptor of Zip64 has sizes of eight bytes.
        for length in (skipped, skipped + 8):
            if tail[length : length + 4] in (_LOCAL, b"PK\x01\x02"):
                return end + length
        return end + skipped


def _problem(flags: int, method: int) -> str:
    if flags & _ENCRYPTED:
        return "encrypted"
    return "" if method in _KNOWN else "compression"


def _stored(file: IO[bytes], size: int) -> Iterator[bytes]:
    while size:
        block = file.read(min(BLOCK, size))
        if not block:
            raise DamagedError("the archive ends within it")
        size -= len(block)
        yield block


def _inflated(file: IO[bytes]) -> Iterator[tuple[bytes, int]]:
    """The blocks of a deflated stream from here on, each with the number of deflated bytes that it took."""
    engine = zlib.decompressobj(-15)
    used = 0
    place = file.tell()
    while not engine.eof:
        file.seek(place)
        packed = file.read(BLOCK)
        place = file.tell()
        if not packed:
            raise DamagedError("the archive ends within it")
        while packed and not engine.eof:
            try:
                block = engine.decompress(packed, BLOCK)
            except zlib.error as error:
                raise DamagedError(str(error)) from error
            left = engine.unused_data if engine.eof else engine.unconsumed_tail
            used += len(packed) - len(left)
            packed = left if not engine.eof else b""
            yield block, used
    return
