"""Templates: Jinja, ERB, Go templates, envsubst.

Looks at files with a template's ending (``.j2``, ``.erb``, ``.tmpl`` and others), and at JSON and YAML that
placeholders keep from being read: names under a network's key, and what a placeholder falls back to.

Example:
    {"id": "/web", "networks": [{"mode": "container", "name": "{{ network | default('dcos') }}"}]}

What comes out depends on values that are elsewhere, so that no command rewrites a template. Change the name
and the default by hand, and look where the variable gets its value.
"""

from __future__ import annotations

import re

from calico_migrate.survey.context import context, default_of_placeholder
from calico_migrate.survey.kinds import is_comment

_ENDINGS = (
    ".j2", ".jinja", ".jinja2", ".erb", ".epp", ".tmpl", ".tpl", ".gotmpl", ".gtpl", ".template", ".tem",
    ".mustache", ".hbs", ".handlebars", ".envsubst", ".in", ".dist",
)  # fmt: skip
_PLACEHOLDER = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|<%.*?%>|\$\{\w+[^}\n]*\}", re.DOTALL)


def matches(name: str, head: str) -> bool:
    """Whether the name is a template's, or JSON and YAML hold placeholders."""
    lower = name.lower()
    if lower.endswith(_ENDINGS):
        return True
    return lower.endswith((".json", ".yaml", ".yml")) and has_placeholder(head)


def has_placeholder(text: str) -> bool:
    """Whether a text holds a placeholder of a template."""
    return _PLACEHOLDER.search(text) is not None


def is_network(text: str, start: int, end: int) -> bool:
    """Whether the name stands under a network's key, or is a network's default."""
    if is_comment(text, start):
        return False
    return context(text, start, end).is_network or default_of_placeholder(text, start)
