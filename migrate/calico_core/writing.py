"""The one way to write a file: a file is either its old bytes or its new bytes, never half of them."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from typing import TYPE_CHECKING

from calico_core.errors import OutputError
from calico_core.sources import Fingerprint, reason

if TYPE_CHECKING:
    from collections.abc import Iterator


def replace(path: str, data: bytes, *, expected: Fingerprint | None = None) -> None:
    """Puts ``data`` in the place of an existing file, which keeps its mode and, where allowed, its owner.

    A symbolic link stays a link, its target gets the bytes. With ``expected``, the file must still be as
    it was read. Raises OutputError; the file then has its old bytes.
    """
    target = os.path.realpath(path)
    with _explained(path):
        # Not the link's resolved path: behind /dev/fd/3 there may be a pipe, which has none.
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            raise OutputError("is no regular file, and cannot be rewritten in place", path=path)
        if expected is not None and Fingerprint.of(status) != expected:
            raise OutputError("has changed since it was read; run the command again", path=path)
        if not os.access(target, os.W_OK):
            raise OutputError("cannot be written: it is read-only", path=path)
        _write(target, data, stat.S_IMODE(status.st_mode), (status.st_uid, status.st_gid))


def create(path: str, data: bytes, *, mode: int = 0o666, inside: str | None = None) -> None:
    """Writes a new file, or replaces one, in a directory that is made where it is missing.

    ``mode`` is taken through the umask for a new file; an existing one keeps its own. With ``inside``,
    nothing outside that directory is written: no link is followed out of it, and a link at the file's
    own place is replaced. A pipe or device (``/dev/stdout``, ``/dev/null``) gets the bytes and stays what
    it is. Raises OutputError.
    """
    with _explained(path):
        target = os.path.realpath(path)
        if inside is None and _is_stream(path):
            _append(path, data)
            return
        if inside is not None:
            target = os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))
            if os.path.commonpath([os.path.realpath(inside), target]) != os.path.realpath(inside):
                raise OutputError(f"lies outside {inside}; a link leads there", path=path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        if os.path.isdir(target):
            raise OutputError("is a directory; name a file", path=path)
        try:
            status = os.stat(target)
            if not stat.S_ISREG(status.st_mode):
                raise OutputError("is no regular file", path=path)
            mode = stat.S_IMODE(status.st_mode)
        except FileNotFoundError:
            mode &= ~_umask()
        _write(target, data, mode, None)


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


def _append(path: str, data: bytes) -> None:
    """Writes behind what a stream has got already; what is renamed over it would cut it off."""
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND)
    try:
        remaining = memoryview(data)
        while remaining:
            remaining = remaining[os.write(descriptor, remaining) :]
    finally:
        os.close(descriptor)


def _write(target: str, data: bytes, mode: int, owner: tuple[int, int] | None) -> None:
    """A temporary file beside the target, synced, then renamed over it."""
    descriptor, temporary = tempfile.mkstemp(
        prefix=f".{os.path.basename(target)[:100]}.", suffix=".tmp", dir=os.path.dirname(target)
    )
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if owner is not None and owner != (os.geteuid(), os.getegid()):
            # Only root may give a file away; anyone else's file becomes the writer's, as with any editor.
            with contextlib.suppress(PermissionError):
                os.chown(temporary, *owner)
        os.chmod(temporary, mode)
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
