"""The SDK refuses the labels of a network.

``labels`` is a text of pairs, ``key:value``, with commas between them. The SDK splits it at each comma and
each pair at its first colon, and throws where a piece has no colon or a key comes twice.

Example:
    networks:
      dcos:
        labels: "team,tier:web"     # the first piece has no colon

Write each label as key:value, each key once, with nothing but a comma between them.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__,
    Severity.ERROR,
    source="mesosphere/dcos-commons YAMLToInternalMappers.java (convertLabels)",
)


def pieces(labels: str) -> list[str]:
    """The pieces that Java's ``split(",")`` gives: empty ones at the end fall away."""
    parts = labels.split(",")
    while parts and not parts[-1]:
        parts.pop()
    return parts


def problem(labels: str) -> str | None:
    """Why the SDK refuses a labels text; None where it takes it."""
    if not labels:
        return None
    keys: set[str] = set()
    for piece in pieces(labels):
        key, colon, _ = piece.partition(":")
        if not colon:
            return (
                f"the SDK refuses these labels: {piece!r} has no colon"
                if piece
                else ("the SDK refuses these labels: there is nothing between two commas")
            )
        if key in keys:
            return f"the SDK refuses these labels: the key {key!r} comes twice"
        keys.add(key)
    return None
