"""``iptables-save``: chains, their policies and their rules."""

from __future__ import annotations

import re
from typing import NamedTuple

_DPORTS = re.compile(r"--dports? (\d+)\b.*--match-set cali40all-vxlan-net src")


class Rule(NamedTuple):
    """A rule as it is written behind ``-A``; ``line`` counts from 1."""

    chain: str
    text: str
    line: int

    @property
    def target(self) -> str:
        """Where it jumps or goes to, empty for none."""
        words = self.text.split()
        for option in ("-j", "-g"):
            if option in words[:-1]:
                return words[words.index(option) + 1]
        return ""


class Table(NamedTuple):
    """A table: the policy (``-`` for chains of one's own) and line of each chain, and the rules in order."""

    policies: dict[str, tuple[str, int]]
    rules: list[Rule]

    def of(self, chain: str) -> list[Rule]:
        """The rules of a chain."""
        return [rule for rule in self.rules if rule.chain == chain]


class Iptables(NamedTuple):
    """The tables by name; ``mixed`` is the line that says the other backend has rules too, 0 for none."""

    tables: dict[str, Table]
    mixed: int

    def table(self, name: str) -> Table:
        """A table, an empty one where it isn't there."""
        return self.tables.get(name) or Table({}, [])

    def vxlan_port(self) -> tuple[int, Rule] | None:
        """The UDP port that Calico's own rule lets VXLAN in through."""
        for rule in self.table("filter").rules:
            match = _DPORTS.search(rule.text)
            if match is not None:
                return int(match[1]), rule
        return None


def parse_iptables(text: str) -> Iptables:
    """The tables of a dump."""
    tables: dict[str, Table] = {}
    current = Table({}, [])
    mixed = 0
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("-A "):
            chain, _, rest = line[3:].partition(" ")
            current.rules.append(Rule(chain, rest, number))
        elif line.startswith(":"):
            words = line[1:].split()
            if len(words) >= 2:
                current.policies[words[0]] = (words[1], number)
        elif line.startswith("*"):
            current = tables.setdefault(line[1:].strip(), Table({}, []))
        elif line.startswith("#") and "tables present" in line:
            mixed = number
    return Iptables(tables, mixed)
