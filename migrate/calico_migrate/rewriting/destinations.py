"""Where results go with ``-o``: which file each one lands in, and what is carried over beside them."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from calico_core import sources, writing
from calico_core.errors import InputError, OutputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Container

    from calico_core.syncing import Unsynced
    from calico_migrate.rewriting.inputs import Input, Inputs


def assign(inputs: Inputs, output: str) -> dict[str, str]:
    """The output file of each input's path; raises UsageError where two would land in one place."""
    if inputs.single:
        return {entry.path: output for entry in inputs.files}
    places: dict[str, str] = {}
    taken: dict[str, str] = {}
    for entry in inputs.files:
        place = os.path.normpath(os.path.join(output, entry.below))
        if place in taken:
            raise UsageError(f"{taken[place]} and {entry.path} would both be written to {place}")
        if os.path.realpath(place) == os.path.realpath(entry.path):
            raise UsageError(f"{entry.path} would be written over itself; choose another output directory")
        taken[place] = entry.path
        places[entry.path] = place
    _refuse_shared_trees(inputs, output)
    return places


def _refuse_shared_trees(inputs: Inputs, output: str) -> None:
    """No file of one directory may land where one of another does, read or only carried over."""
    taken: dict[str, str] = {}
    for directory in inputs.directories:
        for path, below in _tree(directory):
            if below in taken:
                place = os.path.join(output, below)
                raise UsageError(f"{taken[below]} and {path} would both be written to {place}")
            taken[below] = path
    for entry in inputs.files:
        if entry.named and entry.below in taken:
            place = os.path.join(output, entry.below)
            raise UsageError(f"{taken[entry.below]} and {entry.path} would both be written to {place}")


def carry_over(inputs: Inputs, output: str, written: Container[str], unsynced: Unsynced) -> list[OutputError]:
    """Copies every file of the inputs' trees that was not ``written`` itself, links as links.

    Links that leave their tree are passed over. Answers what could not be copied.
    """
    failures: list[OutputError] = []
    for directory in inputs.directories:
        top = os.path.realpath(directory)
        for path, below in _tree(directory):
            place = os.path.join(output, below)
            if os.path.normpath(place) not in written:
                try:
                    _copy(path, place, top, output, unsynced)
                except OutputError as error:
                    failures.append(error)
                except InputError as error:
                    failures.append(OutputError(f"cannot be copied: {error.message}", path=path))
                except OSError as error:
                    failures.append(OutputError(f"cannot be copied: {sources.reason(error)}", path=path))
    return failures


def mode_of(entry: Input) -> int:
    """The permission bits of an input's file, or those of a new file for standard input."""
    if entry.path == sources.STANDARD_INPUT:
        return 0o666
    return stat.S_IMODE(os.stat(entry.path).st_mode)


def _tree(directory: str) -> list[tuple[str, str]]:
    """All files and links below a directory, hidden ones too: their paths and their places below it."""
    found = []
    for folder, folders, files in os.walk(directory):
        folders.sort()
        inner = sources.below(folder, directory)
        linked = [name for name in folders if os.path.islink(os.path.join(folder, name))]
        names = sorted([*files, *linked])
        found += [(os.path.join(folder, name), os.path.join(inner, name)) for name in names]
    return found


def _copy(path: str, place: str, top: str, output: str, unsynced: Unsynced) -> None:
    status = os.lstat(path)
    if stat.S_ISLNK(status.st_mode):
        target = os.path.realpath(path)
        if os.path.commonpath([top, target]) != top or os.path.isabs(os.readlink(path)):
            return
        writing.link(place, os.readlink(path), inside=output, unsynced=unsynced)
    elif stat.S_ISREG(status.st_mode):
        writing.copy(path, place, mode=stat.S_IMODE(status.st_mode), inside=output, unsynced=unsynced)
