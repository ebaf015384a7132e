"""Source code, and every other text.

Looks for the quoted name within 40 characters of a network word on the same line, in whatever language.

Example:
    app.setNetwork("dcos")

Change the name by hand, or take it from where the other places have it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_migrate.survey.names import NEAR, NETWORK_WORD

if TYPE_CHECKING:
    from calico_migrate.survey.around.surroundings import Surroundings

_LONGEST = 20
_QUOTES = ('\\"', "\\'", '"', "'", "`", "&quot;")


def matches(name: str, head: str) -> bool:
    """Every file."""
    del name, head
    return True


def is_network(around: Surroundings, start: int, end: int) -> bool:
    """Whether the name is quoted and near a network word."""
    text = around.text
    quote = next((each for each in _QUOTES if text.startswith(each, end)), "")
    if not quote or not text.endswith(quote, 0, start):
        return False
    # How far a word is away counts from where it ends or begins.
    nearest, farthest = start - len(quote) - NEAR, end + len(quote) + NEAR
    line_end = text.find("\n", end, farthest + _LONGEST)
    words = NETWORK_WORD.finditer(
        text,
        max(around.line_start(start), nearest - _LONGEST),
        farthest + _LONGEST if line_end < 0 else line_end,
    )
    return any(nearest <= found.end() <= start or end <= found.start() <= farthest for found in words)
