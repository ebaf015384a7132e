"""A definition is written in a way in which it cannot be changed.

A network's name may be spread over several lines, carry a tag of its own (`!vault`), or stand in a mapping
whose form has no place for it. Such a definition stays as it is.

Example:
    networks:
      - name: !network dcos

Write the place as plain YAML, or change it by hand.
"""

from calico_core.findings import Finding
from calico_core.rules import error
from calico_core.spans import Position

RULE = error(__name__, source="YAML 1.1, 5.3 (Indicator Characters), 6.8.2 (Tags)")


def finding(reason: str, place: Position, pointer: str) -> Finding:
    """A definition that stays as it is, and why."""
    return RULE.finding(
        f"the definition stays as it is: {reason}",
        hint="write it differently, or change it by hand",
        line=place.line,
        column=place.column,
        pointer=pointer,
    )
