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


class Names(NamedTuple):
    """The names of a map, ready to be looked for.

    ``old`` and ``new`` are networks; ``word`` finds any of them as a whole word, ``bytes_word`` in bytes
    that were not decoded (with more hits than ``word``, never fewer).
    """

    old: frozenset[str]
    new: frozenset[str]
    default: str
    word: re.Pattern[str]
    bytes_word: re.Pattern[bytes]

    @classmethod
    def of(cls, network_map: NetworkMap) -> Names:
        """The names of a map."""
        old, new = frozenset(network_map.names), frozenset(network_map.names.values())
        every = "|".join(re.escape(name) for name in sorted(old | new, key=lambda name: (-len(name), name)))
        # Part of a longer word, of a host name or of a path is another name.
        # A default behind `:-` is none of these.
        word = re.compile(rf"(?<![\w./@])(?<!(?<!:)-)(?:{every})(?![\w\-/@]|\.\w)")
        # Anything that can be a place: a name, an address of the overlay, a host name that resolves to one.
        also = rb"|autoip|agentip|(?<![0-9.])9\.[0-9]{1,3}\."
        bytes_word = re.compile(rb"(?:" + every.encode() + rb")" + also)
        return cls(old, new, network_map.default_network, word, bytes_word)

    def is_old(self, name: str) -> bool:
        """Whether a name is to be moved."""
        return name in self.old


def has_network_word(text: str) -> bool:
    """Whether a name (of a key, a variable, an option) has a network word in it."""
    return NETWORK_WORD.search(text) is not None
