"""Where a finding's proof stands."""

from __future__ import annotations

from typing import NamedTuple


class Evidence(NamedTuple):
    """A place in the bundle: the member's name as it is there, a line from 1 (None for none), and its text.

    ``focus`` is the part of a long text that must be seen.
    """

    file: str
    line: int | None
    text: str
    focus: str = ""
