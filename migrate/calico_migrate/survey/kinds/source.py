"""Source code, and every other text.

Looks for the quoted name within 40 characters of a network word on the same line, in whatever language.

Example:
    app.setNetwork("dcos")

Change the name by hand, or take it from where the other places have it.
"""

from __future__ import annotations

from calico_migrate.survey.names import NEAR, NETWORK_WORD

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
    first = max(text.rfind("\n", 0, start) + 1, start - len(quote) - NEAR)
    line_end = text.find("\n", end)
    last = min(line_end if line_end >= 0 else len(text), end + len(quote) + NEAR)
    return any(
        found.end() <= start or found.start() >= end
        for found in NETWORK_WORD.finditer(text, _word_start(text, first), _word_end(text, last))
    )


def _word_start(text: str, place: int) -> int:
    """A word that is cut by the distance does not begin in its middle."""
    while 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum():
        place += 1
    return place


def _word_end(text: str, place: int) -> int:
    while 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum():
        place -= 1
    return place
