"""``ipset list``: the members of each set."""

from __future__ import annotations

from typing import NamedTuple


class IpSet(NamedTuple):
    """A set: its members, and the line of its name."""

    name: str
    members: frozenset[str]
    line: int


def parse_ipsets(text: str) -> dict[str, IpSet]:
    """The sets by name."""
    found: dict[str, IpSet] = {}
    name = ""
    line = 0
    members: list[str] | None = None

    def keep() -> None:
        if name:
            found[name] = IpSet(name, frozenset(members or ()), line)

    for number, row in enumerate(text.splitlines(), 1):
        if row.startswith("Name: "):
            keep()
            name, line, members = row[6:].strip(), number, None
        elif row.startswith("Members:"):
            members = []
        elif members is not None and row.strip():
            members.append(row.split()[0].removesuffix("/32"))
    keep()
    return found
