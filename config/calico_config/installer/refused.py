"""One thing that the installer refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from calico_core.json.pointers import Path


class Refused(NamedTuple):
    """One thing that the installer refuses.

    ``kind`` is ``message``, ``unset``, ``crash`` or ``render``; ``names`` the parameters that it is about,
    the one to change first. ``later`` says that the installer shows it only after other errors are gone,
    ``harmless`` that it would work if the installer let it pass. ``path`` leads to the place inside a
    parameter where it is known; ``line`` and ``column`` where it is no parameter's.
    """

    kind: str
    names: tuple[str, ...]
    message: str
    later: bool = False
    harmless: bool = False
    path: Path = ()
    line: int | None = None
    column: int | None = None
