"""Help as a person reads it: paragraphs as wide as the terminal, examples as they stand, no letter lost.

Typer gives help texts to Rich as markup, in which a bracket begins a style, and keeps the line ends of the
source.
"""

from __future__ import annotations

import inspect
import itertools
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_EXAMPLES = "Examples:"


def make_legible(command: Any) -> None:
    """Changes the help texts of a command, its options, and every command below it."""
    command.help = legible(command.help) if command.help else command.help
    command.epilog = legible(command.epilog) if command.epilog else command.epilog
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = _marked(parameter.help)
    for below in getattr(command, "commands", {}).values():
        make_legible(below)


def legible(text: str) -> str:
    """A help text with its paragraphs in a line each, and its examples together."""
    parts: list[str] = []
    for indented, lines in blocks(inspect.cleandoc(text)):
        if indented:
            if len(parts) == 1:
                # The first line of what follows the first paragraph would lose its indentation.
                parts.append(_EXAMPLES)
            parts.append("\n".join(_escaped(line) for line in lines))
        else:
            parts.append(_marked(" ".join(line.strip() for line in lines)))
    return "\n\n".join(parts)


def blocks(text: str) -> Iterator[tuple[bool, list[str]]]:
    """The paragraphs of a text, and its indented blocks; blank lines between indented ones are inside."""
    paragraphs = [part for part in re.split(r"\n[ \t]*\n", text) if part.strip()]
    for indented, group in itertools.groupby(paragraphs, lambda part: part.startswith(" ")):
        if indented:
            yield True, [line for part in group for line in part.split("\n") if line.strip()]
        else:
            yield from ((False, part.split("\n")) for part in group)


def _marked(text: str) -> str:
    """Text as markup: what stands in backticks is bold, and a bracket is a bracket."""
    return re.sub(r"`([^`]+)`", r"[bold]\1[/bold]", _escaped(text))


def _escaped(text: str) -> str:
    return text.replace("[", r"\[")
