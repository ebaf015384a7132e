"""The definitions of a document, all at once."""

from __future__ import annotations

from calico_migrate.marathon.definitions import Definition, walk


def definitions_in(text: str) -> list[Definition]:
    """What a walk meets, in its order."""
    found: list[Definition] = []
    walk(text, found.append)
    return found
