"""Which Node resource belongs to which machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_migrate.diagnose.bundle.undecided import UndecidedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_migrate.diagnose.estate.calico import CalicoNode
    from calico_migrate.diagnose.estate.machine import Machine


def nodes_of(
    machines: Sequence[Machine], nodes: Sequence[CalicoNode], tunnel_device: str, mode: str
) -> dict[str, CalicoNode]:
    """The Node resource of each machine that has one, by the machine's address.

    It is known by its name, else by its address, by what ``detect_ip`` prints there, or by its tunnel
    address.
    """
    left = {node.name: node for node in nodes}
    found: dict[str, CalicoNode] = {}

    def claim(machine: Machine, wanted: Sequence[CalicoNode]) -> None:
        if machine.address not in found and wanted and wanted[0].name in left:
            found[machine.address] = left.pop(wanted[0].name)

    for machine in machines:
        claim(machine, [left[machine.address]] if machine.address in left else [])
    for machine in machines:
        claim(machine, [node for node in left.values() if node.name in machine.known_addresses])
    for machine in machines:
        claim(machine, [node for node in left.values() if node.address == machine.address])
    for machine in machines:
        if machine.address not in found:
            tunnels = _tunnel_addresses(machine, tunnel_device)
            claim(machine, [node for node in left.values() if node.tunnel(mode) in tunnels])
    return found


def _tunnel_addresses(machine: Machine, tunnel_device: str) -> frozenset[str]:
    try:
        device = machine.interfaces.get(tunnel_device)
    except UndecidedError:
        return frozenset()
    return frozenset(inet.address for inet in device.inets) if device is not None else frozenset()
