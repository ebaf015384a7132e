"""Where the token comes from: a file, a dcos.toml, or the environment; never the command line."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

from calico_core import sources
from calico_core.errors import InputError
from calico_core.sources import reason
from calico_migrate.cluster import commands

if TYPE_CHECKING:
    from collections.abc import Callable

_FORM = re.compile(r"[!-~]+", re.ASCII)
_LARGEST = 100_000
_COMMAND_SECONDS = 60.0


class Token:
    """A token and its source, which is read again once the cluster refuses it."""

    def __init__(self, where: str, read: Callable[[], str]) -> None:
        self.where = where
        self._read = read
        self.text = _checked(read(), where)

    def read_again(self) -> str:
        """What the source has now; the old token where it has nothing that is one."""
        try:
            self.text = _checked(self._read(), self.where)
        except InputError:
            return self.text
        return self.text


def from_file(path: str) -> Token:
    """The token in a file. Raises InputError."""
    return Token(path, lambda: sources.read(path, limit=_LARGEST).text)


def from_command(command: str) -> Token:
    """The token that a command prints, run without a shell. Raises UsageError for no command, InputError."""
    words = commands.words("--token-command", command)

    def read() -> str:
        try:
            done = subprocess.run(
                words, stdin=subprocess.DEVNULL, capture_output=True, timeout=_COMMAND_SECONDS, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            why = reason(error) if isinstance(error, OSError) else "it does not end"
            raise InputError(f"the command for the token cannot be used: {why}", path=words[0]) from None
        if done.returncode != 0:
            # Not what it printed: there may be a secret in it.
            raise InputError(f"the command for the token ended with {done.returncode}", path=words[0])
        return done.stdout.decode("utf-8", "replace")

    return Token(words[0], read)


def _checked(text: str, where: str) -> str:
    token = text.strip()
    # Never the text itself: whatever it is, it may be a secret.
    if not token:
        raise InputError("has no token", path=where)
    if not _FORM.fullmatch(token):
        raise InputError(
            "holds more than one token: there are blanks or control characters in it", path=where
        )
    return token
