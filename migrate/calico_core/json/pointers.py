"""Paths to values, and their RFC 6901 pointers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Path = tuple["str | int", ...]
"""The keys and indices that lead to a value; the empty path is the whole document."""


def pointer(path: Iterable[str | int]) -> str:
    """The RFC 6901 pointer of a path."""
    return "".join([f"/{step if isinstance(step, int) or step.isalnum() else token(step)}" for step in path])


def token(key: str) -> str:
    """A key as a reference token of a pointer."""
    return key.replace("~", "~0").replace("/", "~1") if "~" in key or "/" in key else key


def key_of(token: str) -> str:
    """The key that a reference token stands for."""
    return token.replace("~1", "/").replace("~0", "~") if "~" in token else token


def keys_of(pointer: str) -> tuple[str, ...]:
    """The keys of a pointer, in order; an index of an array is a key of digits."""
    return tuple(key_of(token) for token in pointer.split("/")[1:])
