"""The kernel is older than Calico asks for.

Calico 3.14 asks for 3.10 or later.

Example:
    kernel.osrelease = 2.6.32-754.el6.x86_64

Upgrade the operating system of the node.
"""

import re

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, warning

RULE = warning(__name__, source="Calico 3.14 documentation, system requirements")


def check(node: OneNode) -> Findings:
    """The release of the kernel."""
    setting = node.machine.sysctl.get("kernel.osrelease")
    match = re.match(r"(\d+)\.(\d+)", setting.value) if setting is not None else None
    if setting is not None and match is not None and (int(match[1]), int(match[2])) < (3, 10):
        yield RULE.found(
            f"kernel {setting.value} is older than 3.10",
            node.machine.evidence(names.SYSCTL, setting.line, f"kernel.osrelease = {setting.value}"),
            hint="upgrade the operating system of the node",
            node=node.machine.address,
        )
