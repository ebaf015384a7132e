"""NetworkManager runs and may manage Calico's interfaces.

DC/OS tells it to leave its own interfaces alone, but not Calico's. It may put addresses on `vxlan.calico`
or take it down. Whether it is told is not in the bundle.

Example:
    /usr/sbin/NetworkManager --no-daemon

Add `unmanaged-devices=interface-name:cali*;interface-name:tunl*;interface-name:vxlan.calico` to
/etc/NetworkManager/conf.d.
"""

import re

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, info
from calico_migrate.diagnose.logs.telling import quoted

RULE = info(__name__, source="Calico 3.14 documentation, troubleshooting, NetworkManager; calico issue 3271")


def check(node: OneNode) -> Findings:
    """The process; and whether Felix finds other people's work on its device."""
    machine = node.machine
    hint = "make cali*, tunl* and vxlan.calico unmanaged in /etc/NetworkManager/conf.d"
    told, how = quoted(
        machine, (names.FELIX_LOG, "felix-vxlan-unwanted-ip"), (names.FELIX_LOG, "felix-vxlan-recreate")
    )
    if told:
        yield RULE.found(
            "something else changes vxlan.calico", *told, hint=hint, node=machine.address, detail=how
        )
        return
    for number, line in enumerate(machine.processes, 1):
        if re.search(r"/NetworkManager(?:\s|\Z)", line):
            yield RULE.found(
                "NetworkManager runs and may manage Calico's interfaces",
                machine.evidence(names.PROCESSES, number, line),
                hint=hint,
                node=machine.address,
            )
            return
