"""Where the configuration file is.

It is searched from the working directory up to the first directory with ``.git`` or to the home directory,
and never beyond; with neither above, only in the working directory. This is all that a run without such a
file costs, so that nothing else is imported here.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

NAME = ".calico-migrate.toml"
PROJECT = "pyproject.toml"
TABLE = "calico-migrate"


def find(has_table: Callable[[str], bool]) -> str | None:
    """The configuration file of the working directory, None where it has none.

    ``has_table`` says whether a ``pyproject.toml`` that mentions this program has settings for it.
    """
    try:
        here = os.getcwd()
    except OSError:
        # The working directory is gone.
        return None
    for directory in _directories(here, os.path.realpath(os.path.expanduser("~"))):
        for name in (NAME, PROJECT):
            path = os.path.join(directory, name)
            if os.path.isfile(path) and (name == NAME or (mentions_table(path) and has_table(path))):
                return path
    return None


def _directories(start: str, home: str) -> list[str]:
    """The working directory and those above it in which a file is looked for."""
    found = [start]
    while not os.path.exists(os.path.join(found[-1], ".git")) and os.path.realpath(found[-1]) != home:
        above = os.path.dirname(found[-1])
        if above == found[-1]:
            # Neither a repository nor the home directory is above.
            return [start]
        found.append(above)
    return found


def mentions_table(path: str) -> bool:
    """Whether a ``pyproject.toml`` may have settings for this program; most have not, and are not parsed."""
    try:
        with open(path, "rb") as file:
            return TABLE.encode() in file.read()
    except OSError:
        return False
