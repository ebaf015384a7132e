"""The addresses that count as Calico's."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_config.facts.known_ranges import CALICO_DEFAULT
from calico_core.addresses import network_of, parse_address
from calico_core.errors import UsageError
from calico_core.legible import quoted
from calico_core.words import joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from calico_core.addresses import Network


class Pools(NamedTuple):
    """Networks by their CIDRs."""

    texts: tuple[str, ...]
    networks: tuple[Network, ...]

    def have(self, address: str) -> bool:
        """Whether an address is in one of them; no text but an IPv4 address is."""
        number = parse_address(address)
        return number is not None and any(each.first <= number <= each.last for each in self.networks)

    @classmethod
    def parse(cls, texts: Sequence[str]) -> Pools:
        """The pools with these CIDRs, the default one for none; raises UsageError."""
        chosen = tuple(sorted(set(texts))) or (CALICO_DEFAULT,)
        networks = []
        for text in chosen:
            network = network_of(text)
            if network is None or "/" not in text:
                raise UsageError(f"--pool {quoted(text)} is no IPv4 network such as {CALICO_DEFAULT}")
            networks.append(network)
        return cls(chosen, tuple(networks))


def addresses_text(addresses: Iterable[str]) -> str:
    """Addresses for a message: the first ones, and how many there are."""
    return joined(list(addresses), 3)
