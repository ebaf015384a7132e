"""The rules of ``config check``, one small module each; each module has ``RULE`` and ``check``.

``check(facts)`` yields the findings of its rule. The order here is the order of the checks; findings are
sorted by place afterwards.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from calico_core.findings import Finding

    from calico_config.facts import Facts

    Check = Callable[[Facts], Iterable[Finding]]

MODULES: tuple[str, ...] = (
    "installer_refuses",
    "unresolved_placeholder",
    "unknown_parameter",
    "duplicate_key",
    "parameter_not_used",
    "parameter_of_another_release",
    "number_spelling",
    "number_breaks_json",
    "number_read_otherwise",
    "cidr_notation",
    "cidr_too_small",
    "cidr_link_local",
    "cidr_special",
    "cidr_not_private",
    "cidr_overlaps_overlay",
    "cidr_overlaps_vtep_subnet",
    "cidr_overlaps_vips",
    "cidr_overlaps_bridge",
    "cidr_overlaps_docker0",
    "cidr_overlaps_docker_pools",
    "cidr_overlaps_dns",
    "cidr_overlaps_nodes",
    "cidr_overlaps_service",
    "cidr_overlaps_reserved",
    "cidr_overlaps_pool",
    "pool_already_installed",
    "pool_too_few_blocks",
    "mtu_above_device_maximum",
    "veth_mtu_above_tunnel",
    "veth_mtu_below_tunnel",
    "tunnel_mtu_above_link",
    "overlay_mtu_above_link",
    "ipip_on_azure",
    "vni_of_the_overlay",
    "vxlan_port_shared",
    "vxlan_port_documented",
    "vxlan_port_taken",
    "overlays_overlap",
    "overlay_name",
    "overlay_subnet",
    "overlay_prefix",
    "overlay_room",
    "overlay_collision",
    "overlay_unknown_key",
    "overlay_json_set",
    "vtep_subnet",
    "vtep_room",
    "vtep_mac",
    "vips_reversed",
    "vips_ip6_group",
    "master_address",
    "agent_list_ignored",
)


@cache
def checks() -> tuple[Check, ...]:
    """The check function of every rule that looks at the facts."""
    from importlib import import_module

    return tuple(import_module(f"{__name__}.{name}").check for name in MODULES)


def unreadable(facts: Facts) -> Iterator[Finding]:
    """What can be said of a file that gave no settings: its placeholders, and bytes the installer dies of."""
    from calico_config.refusals import unreadable_refusals
    from calico_config.rules import installer_refuses, unresolved_placeholder

    yield from unresolved_placeholder.check(facts)
    facts.refusals = list(unreadable_refusals(facts.document))
    yield from installer_refuses.check(facts)
