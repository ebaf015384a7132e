"""Placeholders of template languages in the texts of a definition: Marathon never sees them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Of mustache, Jinja and Helm; of shells, Terraform and Docker; of ERB; of Python; of Ant and CMake.
_PLACEHOLDER = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\$\{[^}]*\}|\$\([^)]*\)|\$[A-Za-z_]\w*|<%.*?%>|%\(\w+\)s|%\{[^}]*\}|@@?\w+@@?",
    re.DOTALL,
)


def has_placeholder(text: object) -> bool:
    """Whether a value is a text with a placeholder in it."""
    return isinstance(text, str) and _PLACEHOLDER.search(text) is not None


def names_in(text: str, names: Iterable[str]) -> list[str]:
    """The names that stand in a text as words, such as a placeholder's default."""
    return [name for name in names if re.search(rf"(?<![\w.]){re.escape(name)}(?![\w.-])", text)]
