"""Environment files, properties and other lists of keys and values.

Looks at ``.env`` files, ``*.properties``, ``*.ini``, ``*.cfg``, ``*.conf`` and ``*.toml``: keys that have a
network word, and ``name`` in a section of networks.

Example:
    spark.mesos.network.name=dcos

Change the value by hand.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calico_migrate.survey.around.context import context, default_of_placeholder
from calico_migrate.survey.kinds import is_comment
from calico_migrate.survey.names import has_network_word

if TYPE_CHECKING:
    from calico_migrate.survey.around.surroundings import Surroundings

_FILE = re.compile(
    r"(?i)(?:^|/)\.?env(?:rc)?(?:$|[.\-_])|\.(?:env|envrc|properties|props|ini|cfg|conf|toml)$"
)
_SECTION = re.compile(r"^[^\S\n]*\[{1,2}[^\S\n]*([^\]\n]{1,200}?)[^\S\n]*\]", re.MULTILINE)
# Java takes a blank between key and value too.
_BLANK = re.compile(r"^\s*([\w.\-]+)[ \t]+[\"']?$")


def matches(name: str, head: str) -> bool:
    """Whether the name is that of a list of keys and values."""
    del head
    return _FILE.search(name) is not None


def is_network(around: Surroundings, start: int, end: int) -> bool:
    """Whether the key in front of the name, or its section, is a network's."""
    before = around.whole_before(start)
    if is_comment(around, start) or before.lstrip().startswith("!"):
        return False
    found = context(around, start, end)
    if found.is_network or default_of_placeholder(around, start):
        return True
    blank = _BLANK.match(before)
    if blank is not None:
        return has_network_word(blank[1])
    if found.key == "name":
        section = around.last_before(_SECTION, start)
        return section is not None and has_network_word(section)
    return False
