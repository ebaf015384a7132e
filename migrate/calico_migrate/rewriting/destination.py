"""The output options of a run, and which of them fit together."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from calico_core import sources
from calico_core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence


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
