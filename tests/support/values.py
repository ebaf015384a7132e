"""Parsed JSON values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calico_core.json.pointers import Path


def paths(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """A value and everything below it, with their paths."""
    yield path, value
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, each in inner:
        yield from paths(each, (*path, step))
