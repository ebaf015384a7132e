"""Files as a survey meets them: their text, or why there is none."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

from calico_core.sources import reason
from calico_migrate.survey.place import Unread

if TYPE_CHECKING:
    from calico_migrate.survey.names import Names

_ARCHIVE = re.compile(
    r"(?i)\.(?:zip|jar|war|ear|whl|egg|tar|tgz|tbz2?|txz|gz|bz2|xz|zst|lz4|7z|rar|deb|rpm|iso|img|dmg|cpio)$"
)
_HEAD = 8192
# What stands in no name, address or word; not a part of any character beyond ASCII.
_SEPARATOR = re.compile(rb"[\s\"',;(){}\[\]<>=]")
_BLOCK = 4 * 1024 * 1024
# How much of two blocks is the same, so that nothing is cut in two.
_OVERLAP = 16 * 1024
_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
STRUCTURED = (".json", ".yaml", ".yml")
"""Endings of files that are read whatever words stand in them, whole."""


class Text(NamedTuple):
    """A text to look at: all of a file, or a block of a big one.

    ``line`` is how many lines are before it, and ``column`` how much of its first line; ``encoding`` is what
    its bytes are in; ``is_whole`` says whether it is all of the file. What begins before ``since`` was looked
    at in the block before.
    """

    text: str
    line: int = 0
    column: int = 0
    since: int = 0
    is_whole: bool = True
    encoding: str = "utf-8"


def texts(path: str, names: Names) -> list[Text] | Unread | None:
    """The texts of a file in which something may stand; None where nothing does.

    An archive or a binary file, and a file that cannot be read, is `Unread`.
    """
    if _ARCHIVE.search(path):
        return Unread(path, "an archive, which is not unpacked")
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        return Unread(path, reason(error), is_error=True)
    try:
        data = os.read(descriptor, _BLOCK)
        structured = path[-5:].lower().endswith(STRUCTURED)
        if len(data) == _BLOCK:
            return _large(path, descriptor, data, structured, names)
    except OSError as error:
        return Unread(path, reason(error), is_error=True)
    finally:
        os.close(descriptor)
    return _decoded(path, data, structured, names)


def _decoded(path: str, data: bytes, structured: bool, names: Names) -> list[Text] | Unread | None:
    encoding = "utf-8"
    if data[:1] in (b"\xff", b"\xfe", b"\x00"):
        encoding = next((name for mark, name in _MARKS if data.startswith(mark)), encoding)
    if encoding == "utf-8":
        if not structured and not names.may_be_in(data):
            # The word of a network in a binary file means nothing; that the file was passed over does.
            return Unread(path, "a binary file") if b"\0" in data[:_HEAD] else None
        if b"\0" in data[:_HEAD]:
            return Unread(path, "a binary file")
        try:
            return [Text(data.decode("utf-8"))]
        except UnicodeDecodeError:
            return [Text(data.decode("latin-1"), encoding="latin-1")]
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return Unread(path, f"begins as {encoding.upper()} and is not", is_error=structured)
    return [Text(text, encoding=encoding)]


def _large(
    path: str, descriptor: int, data: bytes, structured: bool, names: Names
) -> list[Text] | Unread | None:
    """A file of more than a block: whole where its structure counts, else the blocks that say something."""
    if structured or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        parts = [data]
        while more := os.read(descriptor, _BLOCK):
            parts.append(more)
        return _decoded(path, b"".join(parts), structured, names)
    if b"\0" in data[:_HEAD]:
        return Unread(path, "a binary file")
    found: list[Text] = []
    line, column, rest, seen = 0, 0, b"", 0
    while data:
        block = rest + data
        data = os.read(descriptor, _BLOCK)
        end = _last_end(block) if data else len(block)
        if names.may_be_in(block[:end]):
            text = block[:end].decode("utf-8", "replace")
            since = len(block[:seen].decode("utf-8", "replace"))
            found.append(Text(text, line, column, since, is_whole=False))
        keep = _overlap(block, end)
        last = block.rfind(b"\n", 0, keep) + 1
        column = (0 if last else column) + len(block[last:keep].decode("utf-8", "replace"))
        line += block.count(b"\n", 0, keep)
        rest, seen = block[keep:], end - keep
    return found


def _last_end(block: bytes) -> int:
    """Where a block can be ended: behind its last line, or in a line that is all of it, behind a word."""
    end = block.rfind(b"\n") + 1
    if not end:
        for separator in _SEPARATOR.finditer(block, max(0, len(block) - _OVERLAP)):
            end = separator.end()
    return end or len(block)


def _overlap(block: bytes, end: int) -> int:
    """From where on a block is looked at again with the next one: from a line's beginning, if one is near."""
    since = max(0, end - _OVERLAP)
    line = block.find(b"\n", since, end) + 1
    if 0 < line < end:
        return line
    separator = _SEPARATOR.search(block, since, end)
    return end if line or separator is None else separator.end()
