"""What the existing pools and ``config.yaml`` say about the cluster that a new network is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.addresses import network_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calico_config.facts.facts import Facts
    from calico_config.occupants import Occupant
    from calico_core.addresses import Network, Range
    from calico_migrate.calico.existing import Mode
    from calico_migrate.network.settings import GenerationSettings


def pool_modes(settings: GenerationSettings) -> set[Mode]:
    """The encapsulations of the pools that are in use; pools without any do not tell the cluster's mode."""
    return {pool.mode for pool in settings.pools if not pool.disabled and pool.mode is not None}


def config_mode(settings: GenerationSettings) -> Mode | None:
    """The mode that ``config.yaml`` sets; None without one."""
    if settings.configuration is None:
        return None
    return "vxlan" if settings.configuration.vxlan else "ipip"


def mode_of(settings: GenerationSettings) -> Mode:
    """The new pool's mode: as asked for, else that of the pools, else the configuration's, else VXLAN."""
    modes = pool_modes(settings)
    found: Mode | None = modes.pop() if len(modes) == 1 else None
    return settings.mode or found or config_mode(settings) or "vxlan"


def config_facts(settings: GenerationSettings) -> Facts:
    """The facts of the given ``config.yaml``; without one, those of an untouched configuration."""
    from calico_config.facts.facts import untouched

    return settings.configuration or untouched()


def ipv4_network(cidr: str) -> Network | None:
    """The network of a CIDR in prefix notation without host bits; None for everything else."""
    return network_of(cidr) if "/" in cidr else None


def prefix_of(network: Network) -> int:
    """The prefix length of a network."""
    return 33 - network.size.bit_length()


def occupied_ranges(settings: GenerationSettings) -> Iterator[tuple[Occupant, Range]]:
    """Who has which addresses in the cluster; where its pools are not given, Calico's configured one too."""
    from calico_config.occupants import POOL, known_ranges

    facts = config_facts(settings)
    yield from known_ranges(facts)
    if not settings.pools and facts.cidr is not None:
        yield POOL, facts.cidr.range
