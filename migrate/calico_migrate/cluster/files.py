"""The files of a migration: readable by their owner alone, each written whole."""

from __future__ import annotations

import contextlib
import os
import stat
from typing import TYPE_CHECKING

from calico_core import writing
from calico_core.errors import OutputError
from calico_core.sources import reason

if TYPE_CHECKING:
    from collections.abc import Iterator

PRIVATE = 0o600
_PRIVATE_DIRECTORY = 0o700


def write(path: str, data: bytes) -> None:
    """Writes a file that only its owner may read; missing directories above it are made likewise.

    Raises OutputError.
    """
    make_directory(os.path.dirname(path))
    writing.create(path, data, mode=PRIVATE)
    with contextlib.suppress(OSError):
        # A file that was there before keeps its mode when it is replaced.
        if stat.S_ISREG(os.lstat(path).st_mode):
            os.chmod(path, PRIVATE)


def make_directory(path: str) -> None:
    """Makes a directory and those above it that are missing. Raises OutputError."""
    for each in reversed([path, *_missing_above(path)]):
        if each and not os.path.isdir(each):
            try:
                os.mkdir(each, _PRIVATE_DIRECTORY)
            except FileExistsError:
                pass
            except OSError as error:
                raise OutputError(f"cannot be made: {reason(error)}", path=each) from error


def _missing_above(path: str) -> Iterator[str]:
    above = os.path.dirname(path)
    while above and above != path and not os.path.isdir(above):
        yield above
        path, above = above, os.path.dirname(above)
