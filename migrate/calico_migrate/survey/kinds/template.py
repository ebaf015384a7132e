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
from typing import TYPE_CHECKING

from calico_migrate.survey.around.context import context, default_of_placeholder
from calico_migrate.survey.kinds import is_comment

if TYPE_CHECKING:
    from calico_migrate.survey.around.surroundings import Surroundings

_ENDINGS = (
    ".j2", ".jinja", ".jinja2", ".erb", ".epp", ".tmpl", ".tpl", ".gotmpl", ".gtpl", ".template", ".tem",
    ".mustache", ".hbs", ".handlebars", ".envsubst", ".in", ".dist",
)  # fmt: skip
_TAGS = (("{{", "}}"), ("{%", "%}"), ("<%", "%>"))
_VARIABLE = re.compile(r"\$\{\w[^}\n]{,500}\}")


def matches(name: str, head: str) -> bool:
    """Whether the name is a template's, or JSON and YAML hold placeholders."""
    lower = name.lower()
    if lower.endswith(_ENDINGS):
        return True
    return lower.endswith((".json", ".yaml", ".yml")) and has_placeholder(head)


def has_placeholder(text: str) -> bool:
    """Whether a text holds a placeholder of a template."""
    for opening, closing in _TAGS:
        start = text.find(opening)
        if start >= 0 and text.find(closing, start + len(opening)) >= 0:
            return True
    return _VARIABLE.search(text) is not None


def is_network(around: Surroundings, start: int, end: int) -> bool:
    """Whether the name stands under a network's key, or is a network's default."""
    if is_comment(around, start):
        return False
    return context(around, start, end).is_network or default_of_placeholder(around, start)
