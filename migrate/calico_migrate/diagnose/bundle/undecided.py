"""Why a judgement cannot be made: an item that it needs is not there, or not whole."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Reason(str, Enum):
    """Why an item cannot be used.

    ``failed``: the error report names it. ``cut``: it ended early, is damaged or encrypted.
    ``not-collected``: this release, role or form never has it. ``too-large``: it is larger than such an
    item can be. ``absent``: it is not there, and nothing says why.
    """

    FAILED = "failed"
    CUT = "cut"
    NOT_COLLECTED = "not-collected"
    TOO_LARGE = "too-large"
    ABSENT = "absent"

    __str__ = str.__str__


class UndecidedError(Exception):
    """A judgement needs ``item``, without folder and ``.gz``, and cannot have it for ``reason``."""

    def __init__(self, item: str, reason: Reason) -> None:
        super().__init__(f"{item}: {reason}")
        self.item = item
        self.reason = reason


def if_known(ask: Callable[[], T]) -> T | None:
    """What is asked for, None where its item cannot be used."""
    try:
        return ask()
    except UndecidedError:
        return None
