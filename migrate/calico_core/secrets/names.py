"""Which names say that their value is a secret, and which values are none."""

from __future__ import annotations

import re

BLOT = "***"
"""What stands in the place of a secret."""
_WORDS = frozenset(
    (
        *("pass", "passwd", "password", "secret", "token", "apikey", "auth"),
        *("authorization", "credential", "credentials", "cookie"),
    )
)
# Whose key is a secret: any other key may be the key of a map.
_BEFORE_KEY = frozenset(("private", "api", "access"))
# The words of a name: split at signs, and where the case changes (dbPassword, DBPassword).
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
# A name that may be secret, before its value is looked at: a look at each name would take its time.
HINT = re.compile(r"pass|secret|token|key|auth|credential|cookie", re.IGNORECASE)
_PLAIN_WORDS = frozenset(("", "true", "false", "null", "none", "~", "yes", "no", "on", "off", BLOT))
_NUMBER = re.compile(r"[-+]?(?:0x[0-9a-f]{1,16}|[0-9][0-9_]*(?:\.[0-9]+)?(?:e[-+]?[0-9]+)?)", re.IGNORECASE)
_PATH = re.compile(r"(?:~|\.{1,2})?(?:/[\w.@+%~-]+)+/?|(?:~|\.{1,2})?/")
_ADDRESS = re.compile(
    r"(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?:/[0-9]{1,2})?(?::[0-9]{1,5})?"
    r"|\[?[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}\]?(?:/[0-9]{1,3})?(?::[0-9]{1,5})?",
    re.IGNORECASE,
)


def is_secret_name(name: str) -> bool:
    """Whether the value of a key, variable or option of this name is a secret.

    One of its words (split at ``_``, ``-``, ``.`` and at a change of case) says so; ``key`` only behind
    another such word or behind ``private``, ``api`` or ``access``.
    """
    if HINT.search(name) is None:
        return False
    words = [word.lower() for word in _WORD.findall(name)]
    if not _WORDS.isdisjoint(words):
        return True
    return "key" in words and not _BEFORE_KEY.isdisjoint(words[: words.index("key")])


def is_plain(value: str) -> bool:
    """Whether a value is none that could be secret: true, a number, a path, a pointer, an id, an address."""
    bare = value.strip().strip("\"'\\")
    return (
        bare.lower() in _PLAIN_WORDS
        or _NUMBER.fullmatch(bare) is not None
        or _ADDRESS.fullmatch(bare) is not None
        or _PATH.fullmatch(bare) is not None
    )
