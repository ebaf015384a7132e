"""From the paths that the user named to the files that are read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from calico_core import sources
from calico_core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from calico_core.report import FileReport


class Input(NamedTuple):
    """One file to read.

    ``path`` is how it is shown and opened (``-`` for standard input), ``root`` the PATH argument it came
    from, ``below`` its place below that argument (its own name where the argument is a file), ``named``
    whether the user named the file itself.
    """

    path: str
    root: str
    below: str
    named: bool


class Inputs(NamedTuple):
    """All files of one run, and what could not even be listed."""

    files: list[Input]
    failures: list[FileReport]
    directories: list[str]

    @property
    def single(self) -> bool:
        """Whether the user named exactly one file, whose result may go to standard output."""
        return not self.directories and len(self.files) + len(self.failures) == 1


def gather(paths: Sequence[str], wanted: Callable[[str], bool]) -> Inputs:
    """The files behind the PATH arguments; in directories those whose name is ``wanted``.

    A path that is not there, and a directory that cannot be listed, is a failure in the result; no file
    comes twice.
    """
    inputs = Inputs([], [], [])
    seen: set[str] = set()
    real: dict[str, str] = {}

    def failed(error: InputError) -> None:
        from calico_core.report import FileError, FileReport

        inputs.failures.append(FileReport(error.path or "", "unknown", error=FileError.of(error)))

    def add(entry: Input) -> None:
        identity = entry.path if entry.path == sources.STANDARD_INPUT else _resolved(entry.path, real)
        if identity not in seen:
            seen.add(identity)
            inputs.files.append(entry)

    for path in paths:
        if path == sources.STANDARD_INPUT:
            add(Input(path, path, "stdin", named=True))
        elif os.path.isdir(path):
            inputs.directories.append(path)
            for entry in sources.walk(path, wanted, onerror=failed):
                found = Input(entry.path, path, entry.below, named=False)
                if len(paths) == 1 and not entry.is_link:
                    # The walk comes to no file twice but by links.
                    inputs.files.append(found)
                else:
                    add(found)
        else:
            try:
                os.lstat(path)
            except (OSError, ValueError) as error:
                failed(InputError(sources.reason(error), path=path))
            else:
                add(Input(path, path, os.path.basename(path), named=True))
    return inputs


def _resolved(path: str, real: dict[str, str]) -> str:
    """The path without links; ``real`` has the directories that are resolved already."""
    directory, name = os.path.split(path)
    if name in ("", os.curdir, os.pardir):
        return os.path.realpath(path)
    if directory not in real:
        real[directory] = os.path.realpath(directory)
    found = os.path.join(real[directory], name)
    return os.path.realpath(found) if os.path.islink(found) else found
