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

from calico_migrate.survey.context import context, default_of_placeholder
from calico_migrate.survey.kinds import line_before

_ENDINGS = (".md", ".markdown", ".mdown", ".mkd", ".rst", ".adoc", ".asciidoc", ".txt", ".wiki", ".textile")
_FENCE = re.compile(r"^[ \t]*(?:>[ \t]*)*(?:`{3,}|~{3,}|-{4,}$|\{code)", re.MULTILINE)


def matches(name: str, head: str) -> bool:
    """Whether the name is a document's."""
    del head
    return name.lower().endswith(_ENDINGS)


def is_network(text: str, start: int, end: int) -> bool:
    """Whether the name stands in code, under a network's key or option."""
    before = line_before(text, start)
    inside = len(_FENCE.findall(text, 0, start)) % 2 == 1
    if not inside and not before.startswith(("    ", "\t", "$ ")):
        return False
    return context(text, start, end).is_network or default_of_placeholder(text, start)
