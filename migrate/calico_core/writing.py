"""The one way to write a file: a file is either its old bytes or its new bytes, never half of them."""

from __future__ import annotations

import contextlib
import os
import stat
from typing import TYPE_CHECKING, BinaryIO

from calico_core import sources
from calico_core.errors import InputError, OutputError
from calico_core.sources import Fingerprint, reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from io import FileIO

    from calico_core.syncing import Unsynced

    Content = bytes | Iterable[bytes]
    """What a file gets: all of it, or one part after the other."""

# How much the system is asked to copy at once.
_AT_ONCE = 1 << 30
# How much is in memory at once where the system does not.
_IN_PIECES = 1 << 20
# What comes in parts is gathered to so much.
_BUFFER = 1 << 16
_CHANGED = "has changed since it was read; run the command again"


def replace(path: str, data: Content, *, expected: Fingerprint | None = None) -> int:
    """Puts ``data`` in the place of an existing file, which keeps its mode and, where allowed, its owner,
    its group and its extended attributes. Answers how many other names (hard links) keep the old bytes.

    A symbolic link stays a link, its target gets the bytes. The file must still be as it was read
    (``expected``), or as it was when this began, until the moment in which it is replaced. Raises
    OutputError; the file then has its old bytes.
    """
    target = os.path.realpath(path)
    with _explained(path):
        # Not the link's resolved path: behind /dev/fd/3 there may be a pipe, which has none.
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            raise OutputError("is no regular file, and cannot be rewritten in place", path=path)
        if expected is not None and Fingerprint.of(status) != expected:
            raise OutputError(_CHANGED, path=path)
        if not os.access(target, os.W_OK):
            raise OutputError("cannot be written: it is read-only", path=path)
        _write(target, _filling(data), stat.S_IMODE(status.st_mode), status, path=path)
        return status.st_nlink - 1


def create(
    path: str,
    data: Content,
    *,
    mode: int = 0o666,
    inside: str | None = None,
    sync: bool = True,
    unsynced: Unsynced | None = None,
) -> None:
    """Writes a new file, or replaces one, in a directory that is made where it is missing.

    ``mode`` is taken through the umask for a new file; an existing one keeps its own. With ``inside``,
    nothing outside that directory is written: no link is followed out of it, and a link at the file's
    own place is replaced. A pipe or device (``/dev/stdout``, ``/dev/null``) gets the bytes and stays what
    it is. Without ``sync`` a power cut may take the file away; with ``unsynced`` a new file, and any name, is
    to be synced there. Raises OutputError.
    """
    with _explained(path):
        if inside is None and _is_stream(path):
            _append(path, data)
            return
        _put(path, _filling(data), mode, inside, sync=sync, unsynced=unsynced)


def copy(source: str, path: str, *, mode: int, inside: str, unsynced: Unsynced) -> None:
    """`create` with the bytes of another file, which the system copies itself where it can.

    Raises InputError where the other file cannot be opened, and OutputError.
    """
    with sources.opened(source) as origin, _explained(path):
        _put(path, lambda file: _pour(origin, source, file), mode, inside, sync=True, unsynced=unsynced)


def _put(
    path: str,
    fill: Callable[[BinaryIO], object],
    mode: int,
    inside: str | None,
    *,
    sync: bool,
    unsynced: Unsynced | None,
) -> None:
    target = _target(path, inside, unsynced)
    new = False
    try:
        status = os.stat(target)
        if stat.S_ISDIR(status.st_mode):
            raise OutputError("is a directory; name a file", path=path)
        if not stat.S_ISREG(status.st_mode):
            raise OutputError("is no regular file", path=path)
        mode = stat.S_IMODE(status.st_mode)
    except FileNotFoundError:
        mode &= ~umask()
        new = True
    # What was there before is lost once the name is the new file's.
    later = unsynced is not None and new
    _write(target, fill, mode, None, path=path, sync=sync and not later)
    if unsynced is not None:
        if later:
            unsynced.add_file(target, path)
        unsynced.add_directory(os.path.dirname(target))


def _target(path: str, inside: str | None, unsynced: Unsynced | None) -> str:
    """Where the path really is, in a directory that is there now.

    Within a run a directory is resolved, checked and made once; the run itself puts no link in its place.
    """
    if inside is None:
        target = os.path.realpath(path)
        _make_directories(os.path.dirname(target), unsynced)
        return target
    above, name = os.path.split(path)
    if unsynced is not None and name not in ("", os.curdir, os.pardir):
        real = unsynced.resolved.get((inside, above))
        if real is not None:
            return os.path.join(real, name)
    target = place_inside(path, inside)
    real = os.path.dirname(target)
    _make_directories(real, unsynced)
    if unsynced is not None:
        unsynced.resolved[inside, above] = real
    return target


def link(path: str, to: str, *, inside: str, unsynced: Unsynced | None = None) -> None:
    """Makes a symbolic link, or puts one in a file's place; never outside ``inside``. Raises OutputError."""
    with _explained(path):
        target = _target(path, inside, unsynced)
        if os.path.isdir(target) and not os.path.islink(target):
            raise OutputError("is a directory, and a link belongs there", path=path)
        temporary = _temporary(target)
        try:
            os.symlink(to, temporary)
            os.replace(temporary, target)
        except BaseException:
            _remove(temporary)
            raise
        if unsynced is not None:
            unsynced.add_directory(os.path.dirname(target))


def place_inside(path: str, directory: str) -> str:
    """Where ``path`` really is, its own name unresolved; raises OutputError where that is not below
    ``directory``: this is the one guard against links that lead elsewhere.
    """
    top = os.path.realpath(directory)
    target = os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))
    if os.path.commonpath([top, target]) != top:
        raise OutputError(f"lies outside {directory}; a link leads there", path=path)
    return target


def own_place(path: str, directory: str) -> str:
    """`place_inside` for a file that is there to stay, such as a lock: it must be no link itself."""
    target = place_inside(path, directory)
    if os.path.islink(target):
        raise OutputError(f"is a link, and may lead out of {directory}; remove it", path=path)
    return target


def umask() -> int:
    """The bits that new files do not get."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextlib.contextmanager
def _explained(path: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(f"cannot be written: {reason(error)}", path=path) from error


def _is_stream(path: str) -> bool:
    """Whether bytes flow through the path: a pipe, a device, or a descriptor that is open already."""
    try:
        status = os.stat(path)
    except OSError:
        return False
    if stat.S_ISDIR(status.st_mode):
        return False
    directory = os.path.realpath(os.path.dirname(os.path.abspath(path)))
    return not stat.S_ISREG(status.st_mode) or directory == "/dev" or directory.startswith("/proc/")


def _parts(data: Content) -> Iterable[bytes]:
    return [data] if isinstance(data, bytes) else data


def _filling(data: Content) -> Callable[[BinaryIO], object]:
    return lambda file: file.writelines(_parts(data))


def _append(path: str, data: Content) -> None:
    """Writes behind what a stream has got already; what is renamed over it would cut it off."""
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND)
    try:
        for part in _parts(data):
            remaining = memoryview(part)
            while remaining:
                remaining = remaining[os.write(descriptor, remaining) :]
    except BrokenPipeError:
        # Whoever closed the pipe has read enough.
        pass
    finally:
        os.close(descriptor)


def _temporary(target: str) -> str:
    """A name beside the target that nobody has."""
    name = f".{os.path.basename(target)[:100]}.{os.urandom(8).hex()}.tmp"
    return os.path.join(os.path.dirname(target), name)


def _remove(temporary: str) -> None:
    with contextlib.suppress(OSError):
        os.unlink(temporary)


def _make_directories(directory: str, unsynced: Unsynced | None) -> None:
    """Makes a directory and those above it that are missing."""
    if unsynced is not None:
        above = directory
        while not os.path.lexists(above):
            above = os.path.dirname(above)
            unsynced.add_directory(above)
    os.makedirs(directory, exist_ok=True)


def _pour(origin: FileIO, source: str, file: BinaryIO) -> None:
    """Copies from one open file to another, inside of the system where it can do that."""
    if hasattr(os, "copy_file_range"):
        # Some file systems do not, or not to each other.
        with contextlib.suppress(OSError):
            while os.copy_file_range(origin.fileno(), file.fileno(), _AT_ONCE):
                pass
    while True:
        try:
            data = origin.read(_IN_PIECES)
        except OSError as error:
            raise InputError(f"cannot be read: {reason(error)}", path=source) from error
        if not data:
            return
        file.write(data)


def _write(
    target: str,
    fill: Callable[[BinaryIO], object],
    mode: int,
    old: os.stat_result | None,
    *,
    path: str,
    sync: bool = True,
) -> None:
    """A temporary file beside the target, synced, then renamed over it; ``old`` is what must still be there.

    The name is known before the file is made, so that no interruption, whenever it comes, leaves it behind.
    """
    temporary = _temporary(target)
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with open(descriptor, "wb", buffering=_BUFFER) as file:
            fill(file)
            file.flush()
            if sync:
                os.fsync(file.fileno())
        os.chmod(temporary, mode if old is None else mode & ~_owned(temporary, old))
        if old is not None:
            _take_attributes(target, temporary)
            _check_unchanged(target, old, path)
        os.replace(temporary, target)
    except BaseException:
        _remove(temporary)
        raise


def _check_unchanged(target: str, old: os.stat_result, path: str) -> None:
    if Fingerprint.of(os.stat(target)) != Fingerprint.of(old):
        raise OutputError(_CHANGED, path=path)


def _owned(temporary: str, old: os.stat_result) -> int:
    """Gives the file to the old one's owner and group as far as that may be.

    Only root may give a file away, and others may give it to a group of theirs, as ``sed -i`` does. Answers
    the bits of the mode that must go, because they would lend somebody else's rights.
    """
    lost = 0
    new = os.stat(temporary)
    if (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid):
        try:
            os.chown(temporary, old.st_uid, old.st_gid)
        except PermissionError:
            lost |= stat.S_ISUID if old.st_uid != new.st_uid else 0
            try:
                os.chown(temporary, -1, old.st_gid)
            except PermissionError:
                lost |= stat.S_ISGID
    return lost


def _take_attributes(target: str, temporary: str) -> None:
    """Takes over the extended attributes, access control lists among them, where that may be."""
    if not hasattr(os, "listxattr"):
        return
    with contextlib.suppress(OSError):
        for name in os.listxattr(target):
            with contextlib.suppress(OSError):
                os.setxattr(temporary, name, os.getxattr(target, name))
