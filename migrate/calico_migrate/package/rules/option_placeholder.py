"""An option that names a network is a placeholder of some template.

The options file is the template of one: what is put there decides which network the service joins, and that
comes from somewhere else. A placeholder is never edited, and neither is its default.

Example:
    {"service": {"virtual_network_name": "{{ network | default('dcos') }}"}}

Change the value where it is given, and the default in the placeholder by hand.
"""

from calico_core.findings import Finding
from calico_core.json.pointers import Path, pointer
from calico_core.rules import warning
from calico_core.spans import Position
from calico_core.words import listed

RULE = warning(__name__, source="dcos/cosmos, package install and update (options are plain JSON)")


def finding(path: Path, text: str, names: list[str], place: Position) -> Finding:
    """A placeholder at the option ``path``; ``names`` are the networks of the map that stand in it."""
    stands = f"; {listed(names)} in it moves" if names else ""
    return RULE.finding(
        f"{'.'.join(map(str, path))} is a placeholder of some template, {text}, which is not edited{stands}",
        hint="write the new name where its value or its default comes from",
        line=place.line,
        column=place.column,
        pointer=pointer(path),
    )
