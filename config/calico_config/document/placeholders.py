"""Finds placeholders that nobody filled in: ``<master-ip>``, ``{{ cidr }}``, ``${CIDR}``, ``$CIDR``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calico_config.document.document import Placeholder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calico_config.document.document import ConfigDocument
    from calico_core.yaml.nodes import Node

_PLACEHOLDER = re.compile(
    r"<[A-Za-z][^<>\n]*>"
    r"|<%[^%\n]*%>"
    r"|&lt;[^&\n]*&gt;"
    r"|\{\{[^{}\n]*\}\}"
    r"|\{%[^%\n]*%\}"
    r"|\$\{[^{}\n]*\}"
    r"|\$\([A-Za-z_][^()\n]*\)"
    r"|\A\$[A-Za-z_][A-Za-z0-9_]*(?=[/:]|\Z)"
    r"|(?<![A-Za-z0-9])\$[A-Z_][A-Z0-9_]+(?![A-Za-z0-9_$])"
    r"|%%[A-Za-z_][A-Za-z0-9_]*%%"
    r"|@@?[A-Za-z_][A-Za-z0-9_]*@@?\Z"
    r"|\A__[A-Za-z0-9_]+__\Z"
)
# Scripts, command lines and secrets hold such signs by right.
_FREE_TEXT = re.compile(
    r"(?:_contents|_hash|_password|_key|_cmd|custom_checks|check_config|java_args|credentials)"
)


def find_placeholders(document: ConfigDocument) -> list[Placeholder]:
    """Every placeholder in the effective values; in a file that is no YAML, in its lines without comments."""
    if document.problem is not None:
        return list(_in_lines(document))
    found: list[Placeholder] = []
    for setting in document.settings.values():
        if _FREE_TEXT.search(setting.name):
            continue
        for node in _scalars(setting.node):
            text = node.resolved.text
            if text.count("\n") > 1 and not text.lstrip().startswith(("{", "[")):
                continue
            for match in _PLACEHOLDER.finditer(text):
                start = document.text.find(match.group(), node.start, node.end)
                if start < 0:
                    start = node.start
                found.append(
                    Placeholder(setting.name, match.group(), document.span(start, start + len(match.group())))
                )
    return found


def _scalars(node: Node) -> Iterator[Node]:
    """The scalars below ``node`` in the file's order, and aliases of scalars."""
    stack = [node]
    while stack:
        current = stack.pop()
        if current.resolved.kind == "scalar":
            yield current
        elif current.kind == "mapping":
            for key, value in reversed(current.children):
                stack.append(value)
                stack.append(key)
        elif current.kind == "sequence":
            stack.extend(reversed(current.children))


def _in_lines(document: ConfigDocument) -> Iterator[Placeholder]:
    offset = 0
    for line in document.text.splitlines(keepends=True):
        code = line.partition(" #")[0]
        if not code.lstrip().startswith("#"):
            for match in _PLACEHOLDER.finditer(code.rstrip("\n")):
                start = offset + match.start()
                yield Placeholder(None, match.group(), document.span(start, start + len(match.group())))
        offset += len(line)
