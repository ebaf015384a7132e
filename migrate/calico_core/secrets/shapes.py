"""What is a secret by its own form: user info in URLs, PEM blocks, JSON Web Tokens, long runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

_USER_INFO = re.compile(r"(?P<scheme>(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]*:\\?/\\?/)[^\s\"'<>/?#\\]+@")
_WEB_TOKEN = re.compile(r"(?<![\w-])eyJ[\w-]{4,}(?:\.[\w-]*){2,4}")
_HEX = re.compile(r"(?<![0-9A-Za-z])[0-9A-Fa-f]{32,}(?![0-9A-Za-z])")
BASE64 = re.compile(r"(?<![0-9A-Za-z+/])[0-9A-Za-z+/]{32,}={0,2}")
_PEM_BEGIN = re.compile(r"-----BEGIN [A-Z0-9 ]+-----")
_PEM_END = re.compile(r"-----END [A-Z0-9 ]+-----")
# What a block without an end goes on with.
PEM_LINE = re.compile(r"[\s+\"'-]*(?:[0-9A-Za-z+/=]*(?:\\[nr])*[\"',\s]*|(?:Proc-Type|DEK-Info): .*)$")
_PEM_BODY = re.compile(r"[^\s+\-\"'\\,](?:[^\"'\\,]*[^\s\"'\\,])?")
# What this program and others call a run that tells one thing from another.
_ID_BEFORE = re.compile(
    r"(?:(?<![A-Za-z])(?i:ids?)|(?<=[a-z])I[dD]s?|sha256|digest|promise)\\*[\"']?\s*[:=]?\s*\\*[\"']?\Z"
)
# How far a line is looked back over.
FAR = 2000


def recognised(text: str) -> Iterator[tuple[int, int]]:
    """What is a secret by its own form, whatever stands before it."""
    if "@" in text:
        for match in _USER_INFO.finditer(text):
            yield match.end("scheme"), match.end() - 1
    if "eyJ" in text:
        for match in _WEB_TOKEN.finditer(text):
            yield match.span()
    for match in _HEX.finditer(text):
        if not match[0].isdigit() and not _is_named(text, match.start()):
            yield match.span()
    for match in BASE64.finditer(text):
        run = match[0]
        if (
            run.count("/") <= 1
            and any(each.isdigit() for each in run)
            and any(each.islower() for each in run)
            and any(each.isupper() for each in run)
            and not _is_named(text, match.start())
        ):
            yield match.span()


def _is_named(text: str, start: int) -> bool:
    """Whether a long run is no secret for what stands before it: it is an id, a digest, or part of a path."""
    return _ID_BEFORE.search(text, max(start - 40, 0), start) is not None or _is_in_path(text, start)


def _is_in_path(text: str, start: int) -> bool:
    """Whether what begins at ``start`` is a part of a path that has begun before it."""
    if start == 0 or text[start - 1] not in "/.-_@":
        return False
    first = start
    while first > 0 and start - first < FAR and (text[first - 1].isalnum() or text[first - 1] in "_.@+%~/-"):
        first -= 1
    return text[first:start].startswith(("/", "./", "../", "~/"))


def pem(text: str, start: int, end: int, inside: bool) -> Generator[tuple[int, int], None, bool]:
    """What stands between the marks of PEM blocks in one line; answers whether one is still open."""
    at = start
    while True:
        if not inside:
            begin = _PEM_BEGIN.search(text, at, end)
            if begin is None:
                break
            at, inside = begin.end(), True
        closing = _PEM_END.search(text, at, end)
        stop = end if closing is None else closing.start()
        body = _PEM_BODY.search(text, at, stop)
        if body is not None:
            yield body.start() if at == start else at, stop if closing is not None else body.end()
        if closing is None:
            return True
        at, inside = closing.end(), False
    return False
