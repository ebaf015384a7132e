r"""The tokens of Calico's selectors, as projectcalico/libcalico-go dda4a7964ffa ``lib/selector/tokenizer``
finds them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

# Go's \s is these five characters, and its \b knows ASCII only.
_SPACE = r"[\t\n\f\r ]*"
_LABEL = re.compile(r"[a-zA-Z0-9_./-]{1,512}")
_HAS = re.compile(rf"has\({_SPACE}([a-zA-Z0-9_./-]{{1,512}}){_SPACE}\)")
_ALL = re.compile(rf"all\({_SPACE}\)")
_OPERATORS = (
    ("contains", re.compile("contains")),
    ("starts with", re.compile(f"starts{_SPACE}with")),
    ("ends with", re.compile(f"ends{_SPACE}with")),
    ("not in", re.compile(rf"not{_SPACE}in\b", re.ASCII)),
    ("in", re.compile(r"in\b", re.ASCII)),
)
_SYMBOLS = {"(": "(", ")": ")", "{": "{", "}": "}", ",": ","}
_DOUBLED = {"=": "==", "&": "&&", "|": "||"}
_BLANKS = re.compile(r"[ \t]*")


class SelectorError(ValueError):
    """A text that Calico would refuse as a selector.

    ``message`` says why; ``column`` counts code points from 1 and is one past the end where something is
    missing there; ``selector`` is the whole text.
    """

    def __init__(self, message: str, selector: str, column: int) -> None:
        super().__init__(f"column {column}: {message}")
        self.message = message
        self.selector = selector
        self.column = column


class Token(NamedTuple):
    """One token: its kind, the label or string that it stands for, and its column, from 1."""

    kind: str
    value: str
    column: int


def tokens_of(text: str) -> Iterator[Token]:
    """The tokens of a text as they are asked for, so that the leftmost fault is told; the last is the end."""
    at = 0
    after_label = False
    while True:
        blanks = _BLANKS.match(text, at)
        at = blanks.end() if blanks else at
        if at >= len(text):
            yield Token("end", "", len(text) + 1)
            return
        token, at = _token(text, at, after_label=after_label)
        after_label = token.kind == "label"
        yield token


def _token(text: str, at: int, *, after_label: bool) -> tuple[Token, int]:
    """The token that begins at ``at``, and where the next one may begin."""
    first = text[at]
    column = at + 1
    if first in _SYMBOLS:
        return Token(first, first, column), at + 1
    if first in "'\"":
        end = text.find(first, at + 1)
        if end < 0:
            raise SelectorError(f"the string that begins with {first} has no closing {first}", text, column)
        return Token("string", text[at + 1 : end], column), end + 1
    if first == "!":
        kind = "!=" if text.startswith("!=", at) else "!"
        return Token(kind, kind, column), at + len(kind)
    if first in _DOUBLED:
        doubled = _DOUBLED[first]
        if not text.startswith(doubled, at):
            raise SelectorError(f"a single {first} is no operator: write {doubled}", text, column)
        return Token(doubled, doubled, column), at + 2
    if after_label:
        for kind, pattern in _OPERATORS:
            match = pattern.match(text, at)
            if match:
                return Token(kind, kind, column), match.end()
        raise SelectorError(
            "after a label comes one of ==, !=, in, not in, contains, starts with, ends with;"
            f" found {_excerpt(text, at)}",
            text,
            column,
        )
    match = _HAS.match(text, at)
    if match:
        return Token("has", match[1], column), match.end()
    match = _ALL.match(text, at)
    if match:
        return Token("all", "", column), match.end()
    match = _LABEL.match(text, at)
    if match:
        return Token("label", match[0], column), match.end()
    raise SelectorError(_stray(text, at), text, column)


def _stray(text: str, at: int) -> str:
    if text[at] in "\r\n":
        return "a line break is not allowed in a selector (in YAML, write it on one line or folded with >-)"
    return f"{_excerpt(text, at)} is not allowed outside a quoted string"


def _excerpt(text: str, at: int) -> str:
    return repr(text[at : at + 12] + ("…" if len(text) > at + 12 else ""))


def named(token: Token) -> str:
    """A token in the words of an error."""
    if token.kind == "end":
        return "the end"
    if token.kind in ("string", "label"):
        return f"the {token.kind} {token.value!r}"
    if token.kind == "has":
        return f"has({token.value})"
    return "all()" if token.kind == "all" else token.kind
