"""The names that a survey looks for, and the words that make a name a network's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from calico_migrate.network_map import NetworkMap

NEAR = 40
"""How many characters a network word may be away from a quoted name, on the same line."""

# A network word, alone or as a part of a name: network, networkName, virtual_networks, dockerNet,
# OVERLAY_NAME.
NETWORK_WORD = re.compile(
    r"(?<![A-Za-z])(?:networks?|virtualnetworks?|networknames?|nets?|overlays?)(?![a-z])"
    r"|(?<![A-Z])(?:Networks?|Nets?|Overlays?)(?![a-z])"
    r"|(?<![A-Za-z])(?:NETWORKS?|NETS?|OVERLAYS?)(?![A-Za-z])"
)


_ADDRESS = re.compile(rb"(?<![0-9.])9\.[0-9]{1,3}\.[0-9]{1,3}\.")


class Names(NamedTuple):
    """The names of a map, ready to be looked for.

    ``old`` and ``new`` are networks; ``word`` finds any of them as a whole word, and ``literals`` are what
    bytes hold of which any of them, or a name of DC/OS' that resolves to an address, is a part.
    """

    old: frozenset[str]
    new: frozenset[str]
    default: str
    word: re.Pattern[str]
    literals: tuple[bytes, ...]

    @classmethod
    def of(cls, network_map: NetworkMap) -> Names:
        """The names of a map."""
        old, new = frozenset(network_map.names), frozenset(network_map.names.values())
        longest_first = sorted(old | new, key=lambda name: (-len(name), name))
        # Part of a longer word, of a host name or of a path is another name.
        # A default behind `:-` is none of these. (What stands in front of a name is looked at behind it: an
        # expression that begins with a letter is found ten times as fast.)
        every = "|".join(
            rf"{name}(?<![\w./@]{name})(?<!(?<!:)-{name})" for name in map(re.escape, longest_first)
        )
        word = re.compile(rf"(?:{every})(?![\w\-/@]|\.\w)")
        literals = (*sorted(name.encode() for name in old | new), b"autoip", b"agentip")
        return cls(old, new, network_map.default_network, word, literals)

    def may_be_in(self, data: bytes) -> bool:
        """Whether anything can stand in bytes that is a place."""
        for literal in self.literals:
            if literal in data:
                return True
        return b"9." in data and _ADDRESS.search(data) is not None


def has_network_word(text: str) -> bool:
    """Whether a name (of a key, a variable, an option) has a network word in it."""
    return NETWORK_WORD.search(text) is not None
