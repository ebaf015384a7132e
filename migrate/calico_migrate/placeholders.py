"""Files that are templates before they are JSON or YAML: which language it is, and where they name networks.

Nothing is rendered, and nothing is edited: what a placeholder becomes, only its engine knows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from calico_core.words import listed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

# The languages in which people write templates, with what only they have; the first that fits is it.
_LANGUAGES = (
    ("an ERB template", re.compile(r"<%[-=#]?[^%]*%>")),
    ("a mustache template", re.compile(r"\{\{\{|\{\{[#^/][\w.\- ]+\}\}|\{\{&")),
    (
        "a Go template",
        re.compile(r"\{\{-?\s*(?:[.$]|(?:if|else|end|range|with|define|template|include|env|key|secret)\b)"),
    ),
    ("a Jinja template", re.compile(r"\{%[-+]?\s*\w|\{#|\{\{[^{}]*(?:\||\blookup\(|\w\()[^{}]*\}\}")),
    ("a template with {{ }}", re.compile(r"\{\{[^{}]+\}\}")),
    ("a template for envsubst", re.compile(r"\$\{\w+[^{}]*\}|\$[A-Za-z_]\w*")),
)
PLACEHOLDER = re.compile(
    r"\{\{\{.*?\}\}\}|\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<%.*?%>|\$\{[^{}]*\}|\$[A-Za-z_]\w*"
)
"""A place that an engine fills in, on one line."""

# What steers an engine, and is no text of JSON or YAML on a line of its own.
_CONTROL = re.compile(
    r"(?m)^\s*(?:\{%|<%|\{#|\{\{[#^/!]|\{\{-?\s*(?:if|else|end|range|with|define|template|include)\b)"
)
_QUOTED = re.compile(r"""(["'])([^"']*)\1|:?-\s*([\w.-]+)\s*\}""")
_NETWORK_KEY = re.compile(
    r"""["']?\b(?:networks|networkNames?|virtualNetworks|[\w-]*network[_-]name|network)["']?\s*[:=]"""
)
_LIST_KEY = re.compile(r"""["']?\b(?:networks|virtualNetworks|networkNames)["']?\s*:""")
_NAME_KEY = re.compile(r"""["']?\bname["']?\s*:|^\s*-\s|^\s*["']""")
_FILLED_NAME = re.compile(r"""\bname["']?\s*:\s*["']?(?:\{\{|<%=|\$)""")
# How many lines below `networks` its names stand at most.
_REACH = 12
_MOST_LINES = 20


class NamedLine(NamedTuple):
    """A line that names a network: its number, the names on it, and its placeholders with their defaults."""

    line: int
    names: tuple[str, ...]
    placeholders: tuple[tuple[str, str | None], ...]

    def __str__(self) -> str:
        said = [f"{text}, default {default}" if default else text for text, default in self.placeholders]
        return f"line {self.line} ({', '.join([*self.names, *said])})"


class Template(NamedTuple):
    """A template: its language in words, and the lines that name networks."""

    language: str
    lines: list[NamedLine]

    def message(self, wanted: str) -> str:
        """Why the file is no ``wanted`` (JSON or YAML) yet, and what to do."""
        message = f"is {self.language}, and no {wanted} before it is rendered"
        if not self.lines:
            return f"{message}; render it, and run this on the result"
        places = listed([str(line) for line in self.lines], _MOST_LINES)
        return f"{message}; networks are named in {places}: change them by hand, or render it first"


def template_in(text: str, names: Collection[str], offset: int) -> Template | None:
    """The template that a text is which is no JSON or YAML at ``offset``; None where it is none.

    It is one where an engine's words stand on lines of their own, or a placeholder where the text goes wrong.
    ``names`` are the networks that are looked for.
    """
    if _CONTROL.search(text) is None and not _is_filled(text, offset):
        return None
    language = next(
        (words for words, pattern in _LANGUAGES if pattern.search(text) is not None), "a template"
    )
    return Template(language, list(named_lines(text, names)))


def _is_filled(text: str, offset: int) -> bool:
    """Whether a placeholder stands at an offset, or in front of it on its line."""
    start = text.rfind("\n", 0, max(offset - 1, 0)) + 1
    end = text.find("\n", offset)
    line = text[start : len(text) if end < 0 else end]
    return any(start + match.start() <= offset + 1 for match in PLACEHOLDER.finditer(line))


def named_lines(text: str, names: Collection[str]) -> Iterator[NamedLine]:
    """The lines at which a network is named, by one of ``names`` or by a placeholder."""
    words = re.compile("|".join(rf"(?<![\w.-]){re.escape(name)}(?![\w-]|\.\w)" for name in sorted(names)))
    since = _REACH + 1
    for number, line in enumerate(text.splitlines(), 1):
        since = 0 if _LIST_KEY.search(line) else since + 1
        if not (_NETWORK_KEY.search(line) or (since <= _REACH and _NAME_KEY.search(line))):
            continue
        placeholders = tuple((match[0], default_of(match[0])) for match in PLACEHOLDER.finditer(line))
        without = PLACEHOLDER.sub(" ", line)
        found = tuple(dict.fromkeys(words.findall(without))) if names else ()
        asked = tuple(each for each in placeholders if not each[0].startswith("{%"))
        if found or (asked and _names_network(line, asked, names)):
            yield NamedLine(number, found, asked)


def _names_network(line: str, asked: Collection[tuple[str, str | None]], names: Collection[str]) -> bool:
    """Whether the placeholders of a line below a network's key stand for a network's name."""
    return (
        _NETWORK_KEY.search(line) is not None
        or _FILLED_NAME.search(line) is not None
        or any(default in names or "network" in text.lower() for text, default in asked)
    )


def default_of(placeholder: str) -> str | None:
    """What a placeholder becomes where nobody says otherwise, as far as it says so itself."""
    values = [match[2] or match[3] for match in _QUOTED.finditer(placeholder)]
    return next((value for value in reversed(values) if value), None)
