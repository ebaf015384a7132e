"""What every command prints for ``--help``, as one page.

How help looks depends on the versions of Typer and Rich; the page names those that it was printed with.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "help.md"
_WIDTH = "100"
_PRINTERS = ("typer", "rich")
_HEAD = """\
# Help

What `--help` prints, command by command, with {printers}. This page is generated: `scripts/docs`.
"""


def page() -> str:
    """The Markdown page, printed with the versions that are installed."""
    printers = ", ".join(f"{name} {version(name)}" for name in _PRINTERS)
    sections = [
        f"\n## `{' '.join(('calico-migrate', *words.split()))}`\n\n```text\n{text}\n```\n"
        for words, text in texts().items()
    ]
    return _HEAD.format(printers=printers) + "".join(sections)


def is_of_these_versions(text: str) -> bool:
    """Whether a page was printed with the versions that are installed."""
    return all(f" {name} {version(name)}" in text.partition("\n## ")[0] for name in _PRINTERS)


def texts() -> dict[str, str]:
    """What each command prints, by its words; in a process of its own, whose width and colours are known."""
    environment = {
        **{key: value for key, value in os.environ.items() if key not in ("FORCE_COLOR", "GITHUB_ACTIONS")},
        "COLUMNS": _WIDTH,
        "TERMINAL_WIDTH": _WIDTH,
        "TERM": "dumb",
        "NO_COLOR": "1",
        "PYTHONIOENCODING": "utf-8",
    }
    done = subprocess.run(
        [sys.executable, "-m", __name__], env=environment, capture_output=True, check=True, timeout=300
    )
    found: dict[str, str] = json.loads(done.stdout)
    return found


def commands() -> Iterator[tuple[str, ...]]:
    """The words of every command and group."""
    import typer

    from calico_migrate.cli import application

    def walk(command: Any, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        yield words
        for name, inner in getattr(command, "commands", {}).items():
            if not inner.hidden:
                yield from walk(inner, (*words, name))

    return walk(typer.main.get_command(application()), ())


def _printed(words: tuple[str, ...]) -> str:
    import contextlib
    import io

    from calico_migrate.cli import run

    with contextlib.redirect_stdout(io.StringIO()) as printed:
        run([*words, "--help"])
    return "\n".join(line.rstrip() for line in printed.getvalue().strip("\n").split("\n"))


if __name__ == "__main__":
    json.dump({" ".join(words): _printed(words) for words in commands()}, sys.stdout)
