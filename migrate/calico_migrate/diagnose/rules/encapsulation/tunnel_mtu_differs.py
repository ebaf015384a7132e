"""The tunnel's MTU differs between nodes, or from the configuration.

Felix sets it at its start. A node with another value was not restarted after a change, or something else
changed the device.

Example:
    vxlan.calico of 10.0.1.24 has an MTU of 1400, the others 1450

Restart dcos-calico-felix on the node.
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.undecided import UndecidedError
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.estate.machine import Machine
from calico_migrate.diagnose.judgement import Findings, warning

RULE = warning(__name__, source="projectcalico/felix v3.14.0 dataplane/linux/vxlan_mgr.go, ipip_mgr.go")


def check(estate: Estate) -> Findings:
    """Every node against the configuration, else against most nodes."""
    seen: dict[int, list[Machine]] = {}
    for machine in estate.machines:
        try:
            device = machine.interfaces.get(estate.tunnel_device)
        except UndecidedError as undecided:
            yield RULE.open(machine.address, undecided.reason, undecided.item)
            continue
        if device is not None and device.mtu:
            seen.setdefault(device.mtu, []).append(machine)
    said = estate.parameters.text("calico_vxlan_mtu" if estate.mode == "vxlan" else "calico_ipinip_mtu") or ""
    usual = int(said) if said.isdigit() else max(seen, key=lambda mtu: len(seen[mtu]), default=0)
    for mtu, machines in seen.items():
        if mtu == usual:
            continue
        for machine in machines:
            device = machine.interfaces[estate.tunnel_device]
            yield RULE.found(
                f"its tunnel has an MTU of {mtu} instead of {usual}",
                machine.evidence(names.IP_ADDR, device.line, device.text),
                hint="restart dcos-calico-felix on the node",
                node=machine.address,
            )
