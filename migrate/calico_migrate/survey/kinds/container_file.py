"""Dockerfiles.

Looks at ``Dockerfile``, ``Containerfile`` and their variants: ``ENV`` and ``ARG`` whose name has a network
word, and options and JSON in ``RUN``, ``CMD`` and ``ENTRYPOINT``.

Example:
    ENV VIRTUAL_NETWORK dcos

The image has to be built again. Change the value by hand, or give the variable in the definition.
"""

from __future__ import annotations

import re

from calico_migrate.survey.context import context, default_of_placeholder
from calico_migrate.survey.kinds import is_comment, line_before
from calico_migrate.survey.names import has_network_word

_FILE = re.compile(r"(?i)(?:^|\.)(?:docker|container)file(?:$|[.\-_])|\.(?:docker|container)file$")
_INSTRUCTION = re.compile(r"(?i)^\s*(?:ENV|ARG|LABEL)\s+([\w.\-]+)\s+[\"']?$")


def matches(name: str, head: str) -> bool:
    """Whether the name is a Dockerfile's."""
    del head
    return _FILE.search(name) is not None


def is_network(text: str, start: int, end: int) -> bool:
    """Whether the name is the value of a network's variable or option."""
    if is_comment(text, start):
        return False
    found = _INSTRUCTION.match(line_before(text, start))
    if found is not None:
        return has_network_word(found[1])
    return context(text, start, end).is_network or default_of_placeholder(text, start)
