"""Dockerfiles.

Looks at ``Dockerfile``, ``Containerfile`` and their variants: ``ENV`` and ``ARG`` whose name has a network
word, and options and JSON in ``RUN``, ``CMD`` and ``ENTRYPOINT``.

Example:
    ENV VIRTUAL_NETWORK dcos

The image has to be built again. Change the value by hand, or give the variable in the definition.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calico_migrate.survey.around.context import context, default_of_placeholder
from calico_migrate.survey.kinds import is_comment
from calico_migrate.survey.names import has_network_word

if TYPE_CHECKING:
    from calico_migrate.survey.around.surroundings import Surroundings

_FILE = re.compile(r"(?i)(?:^|\.)(?:docker|container)file(?:$|[.\-_])|\.(?:docker|container)file$")
_INSTRUCTION = re.compile(r"(?i)^\s*(?:ENV|ARG|LABEL)\s+([\w.\-]+)\s+[\"']?$")


def matches(name: str, head: str) -> bool:
    """Whether the name is a Dockerfile's."""
    del head
    return _FILE.search(name) is not None


def is_network(around: Surroundings, start: int, end: int) -> bool:
    """Whether the name is the value of a network's variable or option."""
    if is_comment(around, start):
        return False
    found = _INSTRUCTION.match(around.whole_before(start))
    if found is not None:
        return has_network_word(found[1])
    return context(around, start, end).is_network or default_of_placeholder(around, start)
