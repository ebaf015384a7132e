"""How the program was called, for those who come to speak of it long after."""

from __future__ import annotations


class Call:
    """``arguments`` is the command line without the program, ``traceback`` whether it had ``--traceback``."""

    __slots__ = ("arguments", "traceback")

    def __init__(self) -> None:
        self.arguments: tuple[str, ...] = ()
        self.traceback = False


CALL = Call()
"""The one call of this process."""
