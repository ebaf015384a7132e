"""The terminal: bytes that drive nothing, colour where it is wanted, consoles, and words in colour."""

from __future__ import annotations

import os
import sys
from typing import IO, TYPE_CHECKING, cast

from calico_core.errors import OutputError
from calico_core.legible import encoded, harmless
from calico_core.sources import reason
from calico_migrate.cli.options import Color

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

_PAINTS = {"allow": "32", "deny": "31", "depends": "33", "dim": "2", "bold": "1"}


def write(content: str, stream: IO[str] | None = None) -> None:
    """Text for humans, or a report, to a stream (standard output): nothing in it drives a terminal.

    Raises OutputError where the stream is gone or full.
    """
    write_bytes(encoded(harmless(content)), stream)


def write_exact(content: str) -> None:
    """A document or diff to standard output, byte for byte unless that is a terminal; raises OutputError."""
    write_bytes(encoded(harmless(content) if sys.stdout.isatty() else content), sys.stdout)


def write_bytes(content: bytes, stream: IO[str] | None = None) -> None:
    """Bytes to a stream, whatever its encoding. Raises OutputError where the stream is gone or full."""
    target = stream or sys.stdout
    data = memoryview(content)
    try:
        target.flush()
        binary: IO[bytes] = target.buffer  # type: ignore[union-attr]
        while data:
            # An unbuffered stream (python -u) may take less than it is given.
            data = data[binary.write(data) :]
        binary.flush()
    except OSError as error:
        raise OutputError(f"standard output cannot be written: {reason(error)}") from error


def show_notes(lines: Iterable[str], *, quiet: bool = False) -> None:
    """Sentences that a human should know, on standard error, each once."""
    if not quiet:
        write("".join(f"note: {line}\n" for line in dict.fromkeys(lines)), sys.stderr)


def has_color(choice: Color, stream: IO[str]) -> bool:
    """Whether a stream gets colour: as chosen, else on a terminal unless NO_COLOR is set."""
    if choice is not Color.AUTO:
        return choice is Color.ALWAYS
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def console(stream: IO[str]) -> Console:
    """A console for colour on a stream; what it prints goes out as by `write_bytes`."""
    from rich.console import Console

    return Console(file=cast("IO[str]", _Written(stream)), force_terminal=True, no_color=False)


def live_console(stream: IO[str], *, color: bool | None = None) -> Console:
    """A console for what moves on a terminal while something is under way: bars, and signs of life.

    ``color`` None leaves to Rich what it sees of the terminal and of NO_COLOR.
    """
    from rich.console import Console

    return Console(file=stream, no_color=None if color is None else not color)


def write_lines(lines: Iterable[str], style: str, color: Color, stream: IO[str] | None = None) -> None:
    """Lines for humans to a stream (standard output), in a style of Rich's where colour is wanted.

    Raises OutputError where the stream is gone or full.
    """
    target = stream or sys.stdout
    if not style or not has_color(color, target):
        write("".join(f"{line}\n" for line in lines), target)
        return
    from rich.text import Text

    shown = console(target)
    for line in lines:
        shown.print(Text(harmless(line), style=style), soft_wrap=True, highlight=False)


class _Written:
    """The part of a stream that a console needs."""

    encoding = "utf-8"

    def __init__(self, stream: IO[str]) -> None:
        self.isatty = stream.isatty
        self.fileno = stream.fileno
        self._stream = stream

    def write(self, content: str) -> int:
        write_bytes(encoded(content), self._stream)
        return len(content)

    def flush(self) -> None:
        """Nothing is held back."""


class Paint:
    """Puts words into colour, or leaves them as they are."""

    def __init__(self, color: Color) -> None:
        self._on = has_color(color, sys.stdout)
        # No name in a file can hold it, so that what is no colour of ours is shown instead of done.
        self._mark = os.urandom(8).hex()

    def __call__(self, text: str, style: str) -> str:
        """The text in a style (``allow``, ``deny``, ``depends``, ``dim`` or ``bold``), for `write`."""
        if not self._on or style not in _PAINTS:
            return text
        return f"{self._mark}{_PAINTS[style]}m{text}{self._mark}0m"

    def write(self, text: str) -> None:
        """Painted text to standard output; raises OutputError."""
        write_bytes(encoded(harmless(text).replace(self._mark, "\033[")))
