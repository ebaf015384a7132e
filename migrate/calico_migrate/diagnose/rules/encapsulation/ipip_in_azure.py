"""An IPIP cluster runs in Azure.

Azure passes no packets of IP protocol 4 between machines. Routes come by BGP and look right, and nothing
arrives.

Example:
    BOOT_IMAGE=/boot/vmlinuz-5.4.0-1031-azure, and the pool has ipipMode Always

Install with `calico_vxlan_enabled: true`; or make a VXLAN pool and move over.
"""

import re

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.undecided import UndecidedError
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.estate.evidence import Evidence
from calico_migrate.diagnose.judgement import Findings, Found, error

RULE = error(
    __name__, source="Calico 3.14 documentation, reference/public-cloud/azure; kops issue 17832", needs="ipip"
)

_KERNEL = re.compile("(?i)azure")
_AZURE = re.compile(r"(?im)^\s*(?:platform|provider|cloud_provider|cloud)\s*:\s*['\"]?azure")


def check(estate: Estate) -> Findings:
    """The command line of the kernels, and the configuration."""
    if estate.mode != "ipip":
        return
    undecided: UndecidedError | None = None
    for machine in estate.machines:
        for item, pattern in ((names.CMDLINE, _KERNEL), (names.USER_CONFIG, _AZURE)):
            try:
                lines = machine.text(item).splitlines()
            except UndecidedError as problem:
                undecided = undecided or problem
                continue
            for number, line in enumerate(lines, 1):
                if pattern.search(line):
                    yield _found(machine.evidence(item, number, line))
                    return
    for name in ("platform", "provider", "cloud_provider"):
        said = estate.parameters.said(name)
        if said is not None and said[1].lower() == "azure":
            yield _found(said[0].evidence(names.EXPANDED_CONFIG, None, f'"{name}": "{said[1]}"'))
            return
    if undecided is not None:
        raise undecided


def _found(evidence: Evidence) -> Found:
    return RULE.found(
        "the cluster runs in Azure, which does not pass IPIP",
        evidence,
        hint="use VXLAN: calico_vxlan_enabled: true at installation, or a VXLAN pool to move to",
    )
