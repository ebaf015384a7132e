"""Reading: one input's bytes and text, and the files of a directory."""

# No annotations as texts here: `NamedTuple` would compile each at every start.
import os
import stat
import sys
from collections.abc import Callable, Iterator
from io import FileIO
from typing import NamedTuple

from calico_core.errors import InputError

STANDARD_INPUT = "-"


class Fingerprint(NamedTuple):
    """What tells whether a file is still the one that was read."""

    device: int
    inode: int
    size: int
    changed: int

    @classmethod
    def of(cls, status: os.stat_result) -> "Fingerprint":
        """The fingerprint in a ``stat`` result."""
        return cls(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


class Source(NamedTuple):
    """One input: its path as given, its text, and how the file was when it was read.

    The text is decoded without any translation, so that encoding it gives the same bytes; a byte order
    mark is its first character. ``fingerprint`` is None for standard input and pipes.
    """

    path: str
    text: str
    fingerprint: Fingerprint | None


def read(path: str, *, limit: int | None = None) -> Source:
    """The text of a file, a named pipe, or standard input for ``-``.

    Raises InputError where it cannot be read, is not UTF-8, or has more than ``limit`` bytes.
    """
    data, fingerprint = read_bytes(path, limit=limit)
    return Source(path, decode(path, data), fingerprint)


def read_bytes(path: str, *, limit: int | None = None) -> tuple[bytes, Fingerprint | None]:
    """The bytes of a file, a named pipe or standard input, and a file's fingerprint; raises InputError."""
    most = -1 if limit is None else limit + 1
    fingerprint = None
    try:
        if path == STANDARD_INPUT:
            data = sys.stdin.buffer.read(most)
        elif stat.S_ISFIFO(os.stat(path).st_mode):
            from calico_core.pipes import read_pipe

            data = read_pipe(path, most)
        else:
            with open(path, "rb", buffering=0) as file:
                fingerprint = Fingerprint.of(os.fstat(file.fileno()))
                data = file.readall() if most < 0 else _beginning(file, most, fingerprint.size)
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be read: {reason(error)}", path=path) from error
    if limit is not None and len(data) > limit:
        raise InputError(f"is larger than {limit:,} bytes, the most that is read here", path=path)
    return data, fingerprint


def _beginning(file: FileIO, most: int, size: int) -> bytes:
    """The first bytes of a file, at most so many; its own size is what it has as a rule.

    Asking for all that may come would make room for it.
    """
    blocks: list[bytes] = []
    while most > 0:
        block = file.read(min(size + 1, most))
        if not block:
            break
        blocks.append(block)
        most -= len(block)
        size = max(size, 1 << 16)
    return b"".join(blocks)


def opened(path: str) -> FileIO:
    """A file, open for reading without a buffer of its own; raises InputError."""
    try:
        return open(path, "rb", buffering=0)
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be read: {reason(error)}", path=path) from error


def decode(path: str, data: bytes) -> str:
    """The text of UTF-8 bytes; raises InputError with the place of the first byte that is not UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        from calico_core.spans import Lines

        head = data[: error.start].decode("utf-8")
        line, column = Lines(head).position(len(head))
        guess = " (UTF-16, it seems)" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ""
        raise InputError(
            f"is not UTF-8{guess}: byte 0x{data[error.start]:02x}; convert the file to UTF-8 first",
            path=path,
            line=line,
            column=column,
        ) from error


def reason(error: OSError | ValueError) -> str:
    """The operating system's words for an error, in lower case, without errno and path.

    A ValueError is what Python raises for a path that holds a null or half a character.
    """
    if isinstance(error, ValueError) and not isinstance(error, OSError):
        return "no file can have this name"
    return (error.strerror or type(error).__name__).lower()


class Entry(NamedTuple):
    """A file found in a directory: its path as it is shown, and its path below the directory.

    ``is_link`` says whether it is a link, of which several may lead to one file.
    """

    path: str
    below: str
    is_link: bool = False


def walk(
    directory: str, wanted: Callable[[str], bool], *, onerror: Callable[[InputError], None]
) -> Iterator[Entry]:
    """The regular files below a directory whose name is ``wanted``, sorted by path.

    Hidden directories are passed over, and so are links that leave the tree; no link to a directory is
    followed. A file with several names (a link inside the tree) comes once, by its own name where the
    walk meets that. What cannot be listed goes to ``onerror`` and the walk goes on.
    """
    top = os.path.realpath(directory)

    def failed(error: OSError) -> None:
        onerror(InputError(f"cannot be listed: {reason(error)}", path=error.filename or directory))

    for folder, names, files in os.walk(directory, onerror=failed):
        names[:] = sorted(name for name in names if not name.startswith("."))
        inner = below(folder, directory)
        for name in sorted(files):
            if not wanted(name):
                continue
            path = os.path.join(folder, name)
            mode = _mode(path)
            if stat.S_ISREG(mode):
                yield Entry(path, os.path.join(inner, name))
            elif stat.S_ISLNK(mode) and _shows_own_file(path, top, wanted):
                yield Entry(path, os.path.join(inner, name), is_link=True)


def below(folder: str, directory: str) -> str:
    """The path of a folder below a directory, empty for the directory itself."""
    inner = os.path.relpath(folder, directory)
    return "" if inner == os.curdir else inner


def _mode(path: str) -> int:
    """The mode of a name itself, 0 where it went away while its directory was read."""
    try:
        return os.lstat(path).st_mode
    except OSError:
        return 0


def _shows_own_file(path: str, top: str, wanted: Callable[[str], bool]) -> bool:
    """Whether the walk should yield this link, because it shows a file that is not met otherwise."""
    try:
        target = os.path.realpath(path)
        if not os.path.isfile(target) or os.path.commonpath([top, target]) != top:
            return False
    except OSError:
        return False
    parts = os.path.relpath(target, top).split(os.sep)
    hidden = any(part.startswith(".") for part in parts[:-1])
    return hidden or not wanted(parts[-1])
