"""Every check of the settings for a new network, in the order in which a reader wants to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_migrate.network.rules import (
    invalid_pool_block_size,
    invalid_pool_cidr,
    invalid_pool_overlap,
    isolation_without_effect,
    pool_collides,
    pool_mode_differs,
    pool_not_private,
    pool_too_small_for_agents,
    pool_without_ipv4,
    unusable_agents,
    unusable_network_name,
    unusable_profile_name,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from calico_core.findings import Finding
    from calico_migrate.network.settings import GenerationSettings

GENERATION_CHECKS: tuple[Callable[[GenerationSettings], Iterator[Finding]], ...] = (
    unusable_network_name.check,
    unusable_profile_name.check,
    isolation_without_effect.check,
    pool_without_ipv4.check,
    invalid_pool_cidr.check,
    invalid_pool_block_size.check,
    invalid_pool_overlap.check,
    pool_collides.check,
    pool_not_private.check,
    pool_mode_differs.check,
    pool_too_small_for_agents.check,
    unusable_agents.check,
)
