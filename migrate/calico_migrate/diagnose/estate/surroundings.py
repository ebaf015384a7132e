"""The networks around the pools: what nodes really have, what DC/OS keeps, and how full the pools are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calico_config.occupants import BRIDGE, DNS, OVERLAY, VIPS, VTEP
from calico_core.addresses import parse_address
from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.parsing.nets import Net, parse_net

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calico_config.occupants import Occupant
    from calico_core.addresses import Range
    from calico_migrate.diagnose.estate.calico import Pool
    from calico_migrate.diagnose.estate.estate import Estate
    from calico_migrate.diagnose.estate.evidence import Evidence
    from calico_migrate.diagnose.estate.machine import Machine

_OF_DCOS = (DNS, BRIDGE, VIPS, OVERLAY, VTEP)
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


def reserved(estate: Estate) -> list[tuple[Occupant, Range]]:
    """What DC/OS keeps for itself, by the cluster's parameters."""
    facts = estate.parameters.facts
    return [(occupant, entry) for occupant in _OF_DCOS for entry in occupant.used(facts)]


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
