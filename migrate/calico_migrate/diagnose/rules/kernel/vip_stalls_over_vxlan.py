"""A VIP leads to Calico containers over VXLAN, and the kernel has the checksum fault.

Before 5.7 the kernel miscomputes the checksum of packets that are translated and then put into VXLAN:
connections through a VIP to a container on another node stall for 63 seconds.

Example:
    kernel 3.10.0-1160, and /shop/db has VIP_0 /db:5432 on network calico

`ethtool -K vxlan.calico tx off` on every node, at each start.
"""

import re

from calico_core.words import counted
from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.undecided import UndecidedError
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.estate.machine import Machine
from calico_migrate.diagnose.judgement import Findings, warning
from calico_migrate.diagnose.parsing.settings import Setting

RULE = warning(__name__, source="projectcalico/calico issues 3145, 4865, 9433", needs="vxlan", lists=True)


def check(estate: Estate) -> Findings:
    """Apps with a VIP on a Calico network, and nodes with an older kernel."""
    if estate.mode != "vxlan":
        return
    served = [
        definition
        for definition in estate.workloads.definitions
        if any(
            port.vips
            for network in definition.workload.networks
            if network in estate.calico_networks
            for port in definition.workload.ports(network)
        )
    ]
    old: list[tuple[Machine, Setting]] = []
    for machine in estate.agents:
        try:
            setting = machine.sysctl.get("kernel.osrelease")
        except UndecidedError as undecided:
            yield RULE.open(machine.address, undecided.reason, undecided.item)
            continue
        match = re.match(r"(\d+)\.(\d+)", setting.value) if setting is not None else None
        if setting is not None and match is not None and (int(match[1]), int(match[2])) < (5, 7):
            old.append((machine, setting))
    if served and old:
        machine, setting = old[0]
        yield RULE.found(
            f"connections through VIPs to {counted(len(served), 'app')} on Calico may stall for 63 seconds:"
            f" {counted(len(old), 'agent')} have a kernel before 5.7",
            machine.evidence(names.SYSCTL, setting.line, f"kernel.osrelease = {setting.value}"),
            served[0].evidence(),
            hint="`ethtool -K vxlan.calico tx off` on every node, at each start",
        )
