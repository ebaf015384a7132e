"""The manual page, from the help of every command: ``python -m shipping.manual docs/calico-migrate.1``.

Its text is what `--help` prints; nothing is said here a second time. Written in mdoc(7).
"""

from __future__ import annotations

import inspect
import re
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

from calico_core.exits import MEANINGS
from calico_migrate._version import __version__
from calico_migrate.cli.help import blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

# When what the page describes last changed; a page has to have a date.
DATE = "November 29, 2026"

# Letters that mdoc and roff read as more than a letter.
_ESCAPES = {"\\": "\\e", "-": "\\-", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti", '"': "\\(dq"}


def page() -> str:
    """The manual page, in mdoc(7)."""
    tree = _tree()
    lines = [
        f".Dd {DATE}",
        ".Dt CALICO-MIGRATE 1",
        ".Os",
        ".Sh NAME",
        ".Nm calico-migrate",
        ".Nd move DC/OS services from the dcos overlay to Calico",
        ".Sh SYNOPSIS",
        ".Nm",
        ".Ar command",
        ".Op Ar option ...",
        ".Op Ar argument ...",
        ".Sh DESCRIPTION",
        *_prose(tree.help),
        ".Sh COMMANDS",
    ]
    for name, command in _commands(tree):
        lines += [f".Ss {_escape(name)}", *_usage(name, command), *_prose(command.help)]
        lines += _options(command)
    lines += [".Sh EXIT STATUS", ".Bl -tag -width 3n -compact"]
    for code, meaning in MEANINGS.items():
        lines += [f".It {int(code)}", *_text(meaning)]
    lines += [".El"]
    lines += [".Sh HISTORY", *_text(f"This page is of calico-migrate {__version__}.")]
    return "\n".join(lines) + "\n"


def _tree() -> Any:
    import typer.main

    from calico_migrate.cli import application

    return typer.main.get_command(application())


def _commands(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Every command by its whole name, groups left out."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _commands(command, f"{name} ")
        else:
            yield before + name, command


def _usage(name: str, command: Any) -> list[str]:
    words = [f"\\&{_escape(word)}" for word in ("calico-migrate", *name.split())]
    places = [
        f".{'Ar' if parameter.required else 'Op Ar'} {_escape(parameter.make_metavar(_context(command)))}"
        for parameter in command.params
        if parameter.param_type_name == "argument"
    ]
    return [f".Cm {' '.join(words)}", ".Op Ar option ...", *places, ".Pp"]


def _context(command: Any) -> Any:
    return command.make_context(command.name, [], resilient_parsing=True)


def _options(command: Any) -> list[str]:
    inside = [line for parameter in command.params for line in _parameter(parameter)]
    return [".Bl -tag -width Ds", *inside, ".El"] if inside else []


def _parameter(parameter: Any) -> list[str]:
    """An option with its names, what it takes, and its help; arguments and hidden options have none."""
    if parameter.param_type_name == "argument" or getattr(parameter, "hidden", False) or not parameter.help:
        return []
    names = [*parameter.secondary_opts, *parameter.opts]
    names.sort(key=len)
    takes = "" if parameter.is_flag else f" Ar {_escape(_metavar(parameter))}"
    line = f".It {' , '.join(f'Fl {_escape(name[1:])}' for name in names)}{takes}"
    return [line, *_text(parameter.help)]


def _metavar(parameter: Any) -> str:
    choices = getattr(parameter.type, "choices", None)
    if parameter.metavar:
        return str(parameter.metavar)
    return "|".join(str(getattr(choice, "value", choice)) for choice in choices) if choices else "VALUE"


def _prose(text: str | None) -> list[str]:
    """A help text: paragraphs filled, indented blocks as they stand."""
    lines: list[str] = []
    for indented, rows in blocks(_shown(text)):
        if indented:
            literal = [_guarded(_escape(row)) for row in inspect.cleandoc("\n" + "\n".join(rows)).split("\n")]
            lines += [".Bd -literal -offset indent", *literal, ".Ed", ".Pp"]
        else:
            lines += [*_text(" ".join(row.strip() for row in rows)), ".Pp"]
    while lines and lines[-1] == ".Pp":
        lines.pop()
    return _without_needless(lines)


def _shown(text: str | None) -> str:
    """A help text without its indentation in the source."""
    return inspect.cleandoc(text or "")


def _without_needless(lines: list[str]) -> list[str]:
    """A display begins with a paragraph of its own."""
    return [
        line
        for line, after in zip(lines, [*lines[1:], ""], strict=True)
        if (line, after[:3]) != (".Pp", ".Bd")
    ]


def _plain(text: str) -> str:
    return text.replace("`", "")


def _text(text: str) -> list[str]:
    """Running text in lines; sentences end lines, so that roff can space them."""
    sentences = re.split(r"(?<=[.:?]) (?=[A-Z])", _escape(_plain(text)))
    return [
        _guarded(line)
        for sentence in sentences
        for line in textwrap.wrap(sentence, 79, break_long_words=False, break_on_hyphens=False)
    ]


def _guarded(line: str) -> str:
    """A line of text that roff does not take for a request."""
    return f"\\&{line}" if line.startswith((".", "'")) else line


def _escape(text: str) -> str:
    return "".join(_ESCAPES.get(letter, letter) for letter in text)


def main() -> None:
    """Writes the page to the path that the command line gives."""
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
