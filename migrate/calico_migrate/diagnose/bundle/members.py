"""What all archives are to the reader: members with names, and their bytes in blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BLOCK = 1 << 20
"""Bytes that are read at once."""


class Member(NamedTuple):
    """A member: its name with ``/``, the size that the archive declares, and where its bytes are.

    ``handle`` means something to the archive alone. ``checksum`` tells equal members apart from different
    ones. ``problem`` is why it cannot be read at all: ``encrypted`` or ``compression``; empty where it can
    be.
    """

    name: str
    size: int
    handle: int
    checksum: int = 0
    problem: str = ""


class DamagedError(Exception):
    """A member's bytes end early or are not what the archive says; what was yielded before is right."""


class Archive(Protocol):
    """Something that holds members. ``incomplete`` says that its end is missing.

    ``unlisted`` names what may hold more of them and cannot be looked into, with the reasons.
    """

    incomplete: bool
    unlisted: Sequence[tuple[str, str]]

    def members(self) -> Sequence[Member]:
        """The members, in their order; directories left out."""
        ...

    def blocks(self, member: Member) -> Iterator[bytes]:
        """The bytes of a member, in blocks of at most `BLOCK` bytes; raises DamagedError behind the last good
        one.
        """
        ...

    def close(self) -> None:
        """Gives back what is open."""
        ...
