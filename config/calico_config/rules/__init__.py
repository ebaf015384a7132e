"""The rules of ``config check``, one small module each; each module has ``RULE`` and ``check``.

``check(facts)`` yields the findings of its rule. The order here is the order of the checks; findings are
sorted by place afterwards.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from calico_config.facts.parts import NUMBERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from calico_config.document.reading import Setting
    from calico_config.facts.facts import Facts
    from calico_core.findings import Finding

    Check = Callable[[Facts], Iterable[Finding]]

MODULES: dict[str, tuple[str, ...]] = {
    "": (
        "unknown_parameter",
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
        "pool_too_few_blocks",
        "veth_mtu_above_tunnel",
        "veth_mtu_below_tunnel",
        "tunnel_mtu_above_link",
        "overlay_mtu_above_link",
        "vxlan_port_shared",
        "vxlan_port_documented",
        "overlay_collision",
        "master_address",
    ),
    "refusals": ("installer_refuses",),
    "keys": ("duplicate_key",),
    "placeholders": ("unresolved_placeholder",),
    "calico_parameters": (
        "parameter_not_used",
        "parameter_of_another_release",
        "vni_of_the_overlay",
        "vxlan_port_taken",
    ),
    "numbers": (
        "number_spelling",
        "number_breaks_json",
        "number_read_otherwise",
    ),
    "sizes": ("mtu_above_device_maximum",),
    "reserved": ("cidr_overlaps_reserved",),
    "pools": ("cidr_overlaps_pool", "pool_already_installed"),
    "cloud": ("ipip_on_azure",),
    "overlays": (
        "overlays_overlap",
        "overlay_name",
        "overlay_subnet",
        "overlay_prefix",
        "overlay_room",
        "overlay_unknown_key",
        "overlay_json_set",
        "vtep_subnet",
        "vtep_room",
        "vtep_mac",
    ),
    "vips": ("vips_reversed", "vips_ip6_group"),
    "agent_lists": ("agent_list_ignored",),
}
"""The rules by what they need to have anything to say: only their modules are imported for a file."""


def checks(facts: Facts) -> Iterator[Check]:
    """The check function of every rule that can have something to say of these facts."""
    settings, options = facts.document.settings, facts.options
    has_numbers = any(name in settings for name in NUMBERS)
    applies = {
        "refusals": bool(facts.refusals),
        "keys": bool(facts.document.duplicates) or any(_is_json(setting) for setting in settings.values()),
        "placeholders": bool(facts.document.placeholders),
        "calico_parameters": any(name.startswith("calico_") for name in settings),
        "numbers": has_numbers,
        "sizes": has_numbers or facts.overlay_is_set,
        "reserved": bool(options.reserved),
        "pools": bool(options.pools),
        "cloud": options.cloud is not None,
        "overlays": facts.overlay_is_set,
        "vips": any(name.startswith("dcos_l4lb_m") for name in settings),
        "agent_lists": "agent_list" in settings or "public_agent_list" in settings,
    }
    for need in MODULES:
        if applies.get(need, True):
            yield from _group(need)


@cache
def _group(need: str) -> tuple[Check, ...]:
    from importlib import import_module

    return tuple(import_module(f"{__name__}.{name}").check for name in MODULES[need])


def _is_json(setting: Setting) -> bool:
    value = setting.value
    return isinstance(value, str) and value.lstrip()[:1] in ("{", "[")


def unreadable(facts: Facts) -> Iterator[Finding]:
    """What can be said of a file that gave no settings: its placeholders, and bytes the installer dies of."""
    from calico_config.installer.refusals import unreadable_refusals
    from calico_config.rules import installer_refuses, unresolved_placeholder

    yield from unresolved_placeholder.check(facts)
    facts.refusals = list(unreadable_refusals(facts.document))
    yield from installer_refuses.check(facts)
