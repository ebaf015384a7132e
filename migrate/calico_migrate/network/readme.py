"""The README of a generated directory."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from calico_migrate.network.promise import Promise


def readme(promise: Promise) -> str:
    """The text."""
    return promise.network
