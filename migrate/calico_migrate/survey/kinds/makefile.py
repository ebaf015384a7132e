"""Makefiles.

Looks at ``Makefile``, ``GNUmakefile`` and ``*.mk``: variables whose name has a network word, options of
commands in recipes, JSON in them.

Example:
    NETWORK ?= dcos

Change the value by hand.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calico_migrate.survey.around.context import context, default_of_placeholder
from calico_migrate.survey.kinds import is_comment

if TYPE_CHECKING:
    from calico_migrate.survey.around.surroundings import Surroundings

_FILE = re.compile(r"(?i)^(?:gnu)?makefile(?:$|\.)|\.mk$")


def matches(name: str, head: str) -> bool:
    """Whether the name is a makefile's."""
    del head
    return _FILE.search(name) is not None


def is_network(around: Surroundings, start: int, end: int) -> bool:
    """Whether the name is the value of a network's variable or option."""
    return not is_comment(around, start) and (
        context(around, start, end).is_network or default_of_placeholder(around, start)
    )
