"""Where the token comes from: a file, a dcos.toml, or the environment; never the command line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calico_core import sources
from calico_core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

_FORM = re.compile(r"[!-~]+", re.ASCII)
_LARGEST = 100_000


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
