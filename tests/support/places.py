"""Where a finding must stand, by its pointer: looked up by PyYAML, which none of the rules uses for it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from calico_core.findings import Finding


def assert_at_its_pointer(finding: Finding, text: str) -> None:
    """The line and column of a finding are those of what its pointer names, in one of the text's documents."""
    assert finding.pointer is not None
    places = places_of(finding.pointer, text)
    assert (finding.line, finding.column) in places, f"{finding} does not stand at its pointer: {places}"


def places_of(pointer: str, text: str) -> list[tuple[int, int]]:
    """Line and column, in each document of a text, of what a pointer names or of the nearest around it."""
    steps = [each.replace("~1", "/").replace("~0", "~") for each in pointer.split("/")[1:]]
    places = []
    for document in _documents(text):
        node = document
        for step in steps:
            members: dict[str, yaml.Node] = {}
            if isinstance(node, yaml.MappingNode):
                # Of keys that stand twice the last counts.
                members = {key.value: value for key, value in node.value}
            elif isinstance(node, yaml.SequenceNode):
                members = {str(index): value for index, value in enumerate(node.value)}
            if step not in members:
                break
            node = members[step]
        places.append((node.start_mark.line + 1, node.start_mark.column + 1))
    return places


@lru_cache(maxsize=1)
def _documents(text: str) -> tuple[yaml.Node, ...]:
    return tuple(yaml.compose_all(text, Loader=yaml.SafeLoader))
