"""Source code, and every other text.

Looks for the quoted name within 40 characters of a network word on the same line, in whatever language.

Example:
    app.setNetwork("dcos")

Change the name by hand, or take it from where the other places have it.
"""

from __future__ import annotations

from calico_migrate.survey.names import NEAR, NETWORK_WORD

_LONGEST = 20
_QUOTES = ('\\"', "\\'", '"', "'", "`", "&quot;")


def matches(name: str, head: str) -> bool:
    """Every file."""
    del name, head
    return True


def is_network(text: str, start: int, end: int) -> bool:
    """Whether the name is quoted and near a network word."""
    quote = next((each for each in _QUOTES if text.startswith(each, end)), "")
    if not quote or not text.endswith(quote, 0, start):
        return False
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    # How far a word is away counts from where it ends or begins.
    nearest, farthest = start - len(quote) - NEAR, end + len(quote) + NEAR
    words = NETWORK_WORD.finditer(
        text, max(line_start, nearest - _LONGEST), min(line_end, farthest + _LONGEST)
    )
    return any(nearest <= found.end() <= start or end <= found.start() <= farthest for found in words)
