"""The values of secret names in a text, line by line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calico_core.secrets.names import HINT, is_secret_name
from calico_core.secrets.shapes import PEM_LINE, pem
from calico_core.secrets.values import BLOCK, closing_bracket, leaves, nested, value_at

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

_NAME = r"\w[\w.-]*"
# The sign between a name and its value; the name may be in quotes, which JSON inside of JSON escapes.
_ASSIGNED = re.compile(
    rf"(?<![\w.-])-{{0,2}}(?P<name>{_NAME})(?P<close>\\*[\"']?\]?)"
    r"(?P<sign>[ \t]*(?:=>|:=|==?|:)[ \t]*)"
)
_OPTION = re.compile(rf"(?<![\w.-])--?(?P<name>{_NAME})(?P<sign>[ \t]+)(?![-\s])")
# {"name": "PASSWORD", "value": "…"}, also over two lines; and variable "password" { default = "…" }.
_PAIRED = re.compile(
    rf"(?:\b(?:name|key)\\*[\"']?\s*[:=]\s*|\bvariable\s+)(?P<open>\\*[\"']?)(?P<name>{_NAME})(?P=open)"
    r"[\s,{+-]{1,80}?\\*[\"']?(?:value|default)\\*[\"']?[ \t]*[:=][ \t]*"
)
_INDENT = re.compile(r"[ \t+-]*")


def paired(text: str) -> Iterator[tuple[int, int]]:
    """The values of pairs such as ``name: PASSWORD`` and ``value: …``."""
    if "value" not in text and "default" not in text:
        return
    for match in _PAIRED.finditer(text):
        if is_secret_name(match["name"]):
            end = text.find("\n", match.end())
            yield from value_at(text, match.end(), len(text) if end < 0 else end, spaced=True)


def values_in_lines(text: str) -> Iterator[tuple[int, int]]:
    """The values behind secret names, line by line, what nests below them, and the bodies of PEM blocks."""
    in_block = in_pem = False
    last_end = text.rfind("-----END ")
    indent = 0
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if in_pem and (end < last_end or PEM_LINE.match(text, start, end) is not None):
            in_pem = yield from pem(text, start, end, True)
            start = end + 1
            continue
        in_pem = yield from pem(text, start, end, False)
        match = _INDENT.match(text, start, end)
        depth = (match.end() if match is not None else start) - start
        if in_block and start + depth < end and depth <= indent:
            in_block = False
        if in_block:
            yield from nested(text, start + depth, end)
        elif HINT.search(text, start, end) is not None:
            opens = yield from _assigned(text, start, end)
            if opens:
                in_block, indent = True, depth
        start = end + 1


def _assigned(text: str, start: int, end: int) -> Generator[tuple[int, int], None, bool]:
    """The values behind secret names in one line; answers whether one goes on in the lines below."""
    at = start
    opens = False
    while (match := _ASSIGNED.search(text, at, end)) is not None:
        at = match.end()
        if not is_secret_name(match["name"]):
            # What stands behind `Authorization: token=` is looked at by itself.
            at = match.end("name") + 1 if match.end() >= end else match.end()
            continue
        sign = match["sign"].strip()
        if sign == ":" and text[match.end() : match.end() + 2] == "//":
            continue
        if match.end() >= end or BLOCK.match(text, match.end(), end) is not None:
            opens = sign == ":"
            continue
        if text[match.end()] in "{[" and not text.startswith(("{{", "[["), match.end()):
            closed = closing_bracket(text, match.end(), end)
            yield from leaves(text, match.end(), closed or end)
            opens = closed is None
            at = closed or end
            continue
        in_json = '"' in match["close"]
        for span in value_at(text, match.end(), end, spaced=sign == ":" and not in_json):
            yield span
            at = max(at, span[1])
    for match in _OPTION.finditer(text, start, end):
        if is_secret_name(match["name"]):
            yield from value_at(text, match.end(), end, spaced=False)
    return opens
