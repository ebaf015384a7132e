"""Where results go: the output options, where each file lands, and what is carried over beside them."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, NamedTuple

from calico_core import sources
from calico_core.errors import InputError, OutputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from calico_core.syncing import Unsynced
    from calico_migrate.rewriting.inputs import Input, Inputs


class Destination(NamedTuple):
    """The output options: at most one of writing in place, writing elsewhere, showing diffs, checking.

    ``redact`` blots secrets out of diffs.
    """

    write: bool = False
    output: str | None = None
    diff: bool = False
    check: bool = False
    redact: bool = False

    def validate(self, paths: Sequence[str]) -> None:
        """Raises UsageError for options that do not fit together."""
        if (self.check or self.diff) and (self.write or self.output is not None):
            shown, written = "--check" if self.check else "--diff", "-w" if self.write else "-o"
            raise UsageError(f"{shown} writes nothing, so it does not go with {written}")
        if self.write and self.output is not None:
            raise UsageError("-w rewrites in place and -o writes elsewhere; give one of them")
        if self.write and sources.STANDARD_INPUT in paths:
            raise UsageError("-w cannot rewrite standard input; use -o FILE or standard output")
        if self.redact and not self.diff:
            raise UsageError("--redact blots secrets out of diffs; it goes with --diff")
        if self.output is not None:
            _validate_output(self.output, paths)


def _validate_output(output: str, paths: Sequence[str]) -> None:
    if output == sources.STANDARD_INPUT:
        raise UsageError("-o takes a file or a directory; without -o a single result goes to standard output")
    target = os.path.realpath(output)
    single_file = len(paths) == 1 and not os.path.isdir(paths[0])
    if single_file and (os.path.isdir(output) or output.endswith("/")):
        raise UsageError(f"-o {output} is a directory, but there is one input; name the file to write")
    if not single_file and os.path.lexists(output) and not os.path.isdir(output):
        raise UsageError(f"-o {output} is a file, but there are several inputs; name a directory")
    for path in paths:
        if path == sources.STANDARD_INPUT:
            continue
        source = os.path.realpath(path)
        if target == source or (os.path.isdir(path) and os.path.commonpath([source, target]) == source):
            raise UsageError(f"-o {output} is inside the input {path}; choose a place outside, or use -w")
        if os.path.commonpath([source, target]) == target and os.path.isdir(path):
            raise UsageError(f"the input {path} is inside -o {output}; choose another output directory")


def assign(inputs: Inputs, output: str) -> dict[str, str]:
    """The output file of each input's path; raises UsageError where two would land in one place."""
    if inputs.single:
        return {entry.path: output for entry in inputs.files}
    places: dict[str, str] = {}
    taken: dict[str, str] = {}
    new = not os.path.lexists(output)
    for entry in inputs.files:
        place = os.path.normpath(os.path.join(output, entry.below))
        if place in taken:
            raise UsageError(f"{taken[place]} and {entry.path} would both be written to {place}")
        if _is_there(place, entry, new) and os.path.realpath(place) == os.path.realpath(entry.path):
            raise UsageError(f"{entry.path} would be written over itself; choose another output directory")
        taken[place] = entry.path
        places[entry.path] = place
    _refuse_shared_trees(inputs, output)
    return places


def _is_there(place: str, entry: Input, new: bool) -> bool:
    """Whether the place can be the input's own: it is there, or a broken link may lead to it.

    In a ``new`` directory is nothing.
    """
    return (not new and os.path.lexists(place)) or os.path.islink(entry.path)


def _refuse_shared_trees(inputs: Inputs, output: str) -> None:
    """No file of one directory may land where one of another does, read or only carried over."""
    if len(inputs.directories) <= 1 and not any(entry.named for entry in inputs.files):
        return
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
    from calico_core import writing

    status = os.lstat(path)
    if stat.S_ISLNK(status.st_mode):
        target = os.path.realpath(path)
        if os.path.commonpath([top, target]) != top or os.path.isabs(os.readlink(path)):
            return
        writing.link(place, os.readlink(path), inside=output, unsynced=unsynced)
    elif stat.S_ISREG(status.st_mode):
        writing.copy(path, place, mode=stat.S_IMODE(status.st_mode), inside=output, unsynced=unsynced)
