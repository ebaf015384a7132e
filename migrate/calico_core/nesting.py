"""How deeply brackets nest, told without a parser.

libyaml reads ahead over flow brackets, and the one in PyYAML 6.0.4 gives up at a depth of its own before any
event says how deep the text is. Whoever reads YAML judges by a limit of its own first, so that its words do
not depend on the library's version.
"""

from __future__ import annotations

import re

_BRACKET = re.compile(r"[\[\]{}]")


def deep_bracket(text: str, limit: int) -> int | None:
    """The offset of the first bracket that opens more than ``limit`` levels, or None.

    Brackets count wherever they stand, in quotes and comments too: this gives the reason for a text that a
    parser refused, and refuses none by itself.
    """
    if text.count("[") + text.count("{") <= limit:
        return None
    depth = 0
    for match in _BRACKET.finditer(text):
        if match[0] in "[{":
            depth += 1
            if depth > limit:
                return match.start()
        else:
            depth = max(depth - 1, 0)
    return None
