"""The tunnel's packets do not fit through a node's interface.

VXLAN adds 50 bytes to each packet, IPIP 20. What is larger than the interface allows vanishes without a
word: small requests work, large ones hang.

Example:
    vxlan.calico has an MTU of 1450, and eth0 of 10.0.1.22 one of 1400

Set `calico_vxlan_mtu` (`calico_ipinip_mtu`) to the smallest MTU of all nodes less 50 (20), and restart Felix.
"""

from calico_config.facts.mtu import overhead
from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.undecided import UndecidedError
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.estate.machine import Machine
from calico_migrate.diagnose.judgement import Findings, error
from calico_migrate.diagnose.parsing.interfaces import Interface

RULE = error(__name__, source="Calico 3.14 documentation, networking/mtu; Linux vxlan driver")


def check(estate: Estate) -> Findings:
    """Every node's interface against the largest tunnel MTU."""
    if estate.mode not in ("vxlan", "ipip"):
        return
    added = overhead(estate.mode == "vxlan")
    largest: tuple[int, Machine, Interface] | None = None
    for machine in estate.machines:
        try:
            device = machine.interfaces.get(estate.tunnel_device)
        except UndecidedError as undecided:
            yield RULE.open(machine.address, undecided.reason, undecided.item)
            continue
        if device is not None and device.mtu and (largest is None or device.mtu > largest[0]):
            largest = (device.mtu, machine, device)
    if largest is None:
        return
    mtu, teller, device = largest
    for machine in estate.machines:
        try:
            nic = machine.nic
        except UndecidedError:
            continue
        if nic is not None and nic.mtu and mtu > nic.mtu - added:
            yield RULE.found(
                f"the tunnel's MTU is {mtu}, and its packets of up to {mtu + added} bytes do not fit"
                f" through {nic.name}, whose MTU is {nic.mtu}",
                machine.evidence(names.IP_ADDR, nic.line, nic.text),
                teller.evidence(names.IP_ADDR, device.line, device.text),
                hint=f"set {'calico_vxlan_mtu' if estate.mode == 'vxlan' else 'calico_ipinip_mtu'} to at most"
                f" {nic.mtu - added}, and restart Felix on all nodes",
                node=machine.address,
            )
