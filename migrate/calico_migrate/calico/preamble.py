"""What stands before the resources in calicoctl's output: warnings, a prompt, the lines of a log.

A diagnostics bundle and a shell's ``2>&1`` keep them in front of the JSON or YAML, of which they are no
part.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# How JSON, a YAML document, a list and a field of a resource begin. `WARNING: …` would be a key too, but all
# fields of Calico's resources begin in lower case.
_START = re.compile(
    r"""\s*(?:
        \{ | \[(?![A-Za-z]) | "
        | ---(?:\s|\Z) | -\s
        | (?!(?:warn|warning|error|info|note|debug):)[a-z][A-Za-z0-9]*:(?:\s|\Z)
    )""",
    re.VERBOSE,
)


class Preamble(NamedTuple):
    """A text without its preamble.

    ``text`` has an empty line for each line that was taken out, so that every line keeps its number;
    ``lines`` are those that say something, blanks and comments left out.
    """

    text: str
    lines: tuple[str, ...]


def without_preamble(text: str) -> Preamble:
    """The resources alone; where no line begins any, the text as it is."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if _START.match(line.removeprefix("\ufeff")):
            passed_over = (entry.strip() for entry in lines[:number])
            said = tuple(entry for entry in passed_over if entry and not entry.startswith("#"))
            if not said:
                break
            return Preamble("\n" * number + "\n".join(lines[number:]), said)
    return Preamble(text, ())
