"""A baseline: how many findings of each kind there were on the day it was written.

It is a JSON file of its own. What is in it is settled, up to its count; what came since is reported.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, NamedTuple

from calico_core import writing
from calico_core.errors import InputError, UsageError
from calico_core.json.printing import printed
from calico_core.legible import encoded
from calico_core.sources import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_MARK = "calico-migrate-baseline"
_VERSION = 1
_LARGEST = 100_000_000


class Key(NamedTuple):
    """What is counted together: the rule, the file below the baseline's directory, and the id or nothing."""

    rule: str
    path: str
    id: str


class Baseline(NamedTuple):
    """The counts of a baseline file; ``path`` is the file as it is shown."""

    path: str
    directory: str
    counts: Mapping[Key, int]


def load(path: str) -> Baseline:
    """Reads a baseline; raises UsageError where there is none, or the file is something else."""
    try:
        text = read(path, limit=_LARGEST).text
    except InputError as error:
        message = f"the baseline {error.message}; --write-baseline {path} writes one"
        raise UsageError(message, path=path) from error
    return Baseline(path, os.path.dirname(os.path.realpath(path)), _counts(text, path))


def _counts(text: str, path: str) -> dict[Key, int]:
    try:
        document = json.loads(text)
        is_known = document[_MARK] == _VERSION
        counts: dict[Key, int] = {}
        for entry in document["entries"]:
            key = Key(str(entry["rule"]), str(entry["path"]), str(entry.get("id") or ""))
            counts[key] = counts.get(key, 0) + int(entry["count"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UsageError("is no baseline of calico-migrate", path=path) from error
    if not is_known:
        raise UsageError("is a baseline of another version of calico-migrate", path=path)
    return counts


def require_own(path: str) -> None:
    """Raises UsageError where a file is there already that is no baseline."""
    if os.path.lexists(path):
        try:
            _counts(read(path, limit=_LARGEST).text, path)
        except (InputError, UsageError) as error:
            raise UsageError(
                "is there already and is no baseline; nothing is written over it", path=path
            ) from error


def write(path: str, counts: Mapping[Key, int]) -> None:
    """Writes a baseline, in place of an older one; raises UsageError where the file is something else."""
    require_own(path)
    entries = [
        {"rule": key.rule, "path": key.path, **({"id": key.id} if key.id else {}), "count": count}
        for key, count in sorted(counts.items())
    ]
    # A line for each entry, so that version control shows what came and went.
    lines = "".join(f"\n    {printed(entry)}," for entry in entries)[:-1]
    text = f'{{\n  "{_MARK}": {_VERSION},\n  "entries": [{lines}\n  ]\n}}\n'
    writing.create(path, encoded(text))


def counted(keys: Iterable[Key]) -> dict[Key, int]:
    """How often each key comes."""
    counts: dict[Key, int] = {}
    for key in keys:
        counts[key] = counts.get(key, 0) + 1
    return counts
