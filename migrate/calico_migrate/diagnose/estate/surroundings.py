"""The networks around the pools: what nodes really have, what DC/OS keeps, and how full the pools are."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.parsing.nets import Net, parse_address, parse_net

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calico_migrate.diagnose.estate.calico import Pool
    from calico_migrate.diagnose.estate.estate import Estate
    from calico_migrate.diagnose.estate.evidence import Evidence
    from calico_migrate.diagnose.estate.machine import Machine

_CALICO = re.compile(r"cali|vxlan\.calico\Z|tunl\d")


def networks_of(machine: Machine) -> Iterator[tuple[str, Net, Evidence]]:
    """The networks on a node's interfaces, but for Calico's own and the loopback.

    The kernel has a route to each. Raises UndecidedError.
    """
    for interface in machine.interfaces.values():
        if interface.name == "lo" or _CALICO.match(interface.name):
            continue
        for inet in interface.inets:
            net = parse_net(f"{inet.address}/{inet.prefix}")
            if net is not None:
                text = f"inet {inet.address}/{inet.prefix} {interface.name}"
                yield interface.name, net, machine.evidence(names.IP_ADDR, inet.line, text)
    for route in machine.routes_if_known:
        if route.protocol == "kernel" and not _CALICO.match(route.device):
            yield route.device, route.net, machine.evidence(names.IP_ROUTE, route.line, route.text)


def reserved(estate: Estate) -> list[tuple[str, Net]]:
    """What DC/OS keeps for itself, by the configuration, else by its defaults (dcos/dcos
    gen/calc.py:1327-1353).
    """
    found = [("the addresses of DC/OS' DNS", parse_net("198.51.100.0/24"))]
    bridge = estate.setting("dcos_ucr_default_bridge_subnet") or "172.31.254.0/24"
    found.append(("the bridge of UCR", parse_net(bridge)))
    first = estate.setting("dcos_l4lb_min_named_ip") or "11.0.0.0"
    found.append(("the virtual addresses of services", parse_net(f"{first}/8")))
    if estate.setting("dcos_overlay_enable") != "false":
        overlays, vtep = _overlays(estate.setting("dcos_overlay_network"))
        found += [("the overlay", parse_net(each)) for each in overlays]
        found.append(("the overlay's tunnels", parse_net(vtep)))
    return [(what, net) for what, net in found if net is not None]


def _overlays(text: str | None) -> tuple[list[str], str]:
    try:
        value = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        value = {}
    overlays = value.get("overlays") if isinstance(value, dict) else None
    subnets = [
        str(overlay["subnet"])
        for overlay in (overlays if isinstance(overlays, list) else ())
        if isinstance(overlay, dict) and overlay.get("subnet")
    ]
    vtep = value.get("vtep_subnet") if isinstance(value, dict) else None
    return subnets or ["9.0.0.0/8"], str(vtep or "44.128.0.0/20")


def overlay_nets(estate: Estate) -> list[Net]:
    """The networks of the overlays."""
    subnets, _ = _overlays(estate.setting("dcos_overlay_network"))
    return [net for net in (parse_net(each) for each in subnets) if net is not None]


def used_blocks(estate: Estate, pool: Pool) -> int:
    """How many blocks of a pool the nodes' routes and tunnel addresses show in use."""
    size = pool.block_size
    blocks = {
        net.first >> (32 - size)
        for nets in estate.blocks_by_owner.values()
        for net in nets
        if net.within(pool.net)
    }
    for node in estate.nodes:
        number = parse_address(node.tunnel(estate.mode))
        if number is not None and pool.net.holds(number):
            blocks.add(number >> (32 - size))
    for endpoint in estate.endpoints:
        for address in endpoint.addresses:
            number = parse_address(address)
            if number is not None and pool.net.holds(number):
                blocks.add(number >> (32 - size))
    return len(blocks)
