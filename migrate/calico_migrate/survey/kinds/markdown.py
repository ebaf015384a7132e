"""Markdown and other documents with code in fences.

Looks at what stands in fences and indented blocks of ``*.md``, ``*.rst``, ``*.adoc`` and plain text:
definitions, commands, variables. What the prose around them says is a mention.

Example:
    ```json
    {"id": "/web", "networks": [{"mode": "container", "name": "dcos"}]}
    ```

Somebody will copy it. Change the name by hand.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calico_migrate.survey.around.context import context, default_of_placeholder

if TYPE_CHECKING:
    from calico_migrate.survey.around.surroundings import Surroundings

_ENDINGS = (".md", ".markdown", ".mdown", ".mkd", ".rst", ".adoc", ".asciidoc", ".txt", ".wiki", ".textile")
_FENCE = re.compile(r"^[ \t]*(?:>[ \t]*)*(?:`{3,}|~{3,}|-{4,}$|\{code)", re.MULTILINE)


def matches(name: str, head: str) -> bool:
    """Whether the name is a document's."""
    del head
    return name.lower().endswith(_ENDINGS)


def is_network(around: Surroundings, start: int, end: int) -> bool:
    """Whether the name stands in code, under a network's key or option."""
    inside = around.count_before(_FENCE, start) % 2 == 1
    if not inside and not around.text.startswith(("    ", "\t", "$ "), around.line_start(start)):
        return False
    return context(around, start, end).is_network or default_of_placeholder(around, start)
