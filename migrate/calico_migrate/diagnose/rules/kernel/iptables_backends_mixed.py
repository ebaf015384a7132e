"""Rules are in both backends of iptables.

The host's programs write to nf_tables, Felix to the legacy tables, or the other way round. The kernel asks
both, and nobody sees more than one half.

Example:
    Iptables backend specified does not match the detected backend

Set `FELIX_IPTABLESBACKEND` to the backend of the host (`iptables --version`), and restart dcos-calico-felix.
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, warning
from calico_migrate.diagnose.logs.telling import quoted

RULE = warning(__name__, source="projectcalico/felix v3.14.0 iptables/feature_detect.go:201")


def check(node: OneNode) -> Findings:
    """The warning of iptables-save, and that of Felix."""
    machine = node.machine
    told, how = quoted(machine, (names.FELIX_LOG, "felix-backend-mismatch"))
    mixed = machine.iptables.mixed
    if mixed or told:
        own = [machine.evidence(names.IPTABLES, mixed, "# Warning: tables of the other backend are present")]
        yield RULE.found(
            "rules are in both backends of iptables",
            *(own if mixed else []),
            *told,
            hint="set FELIX_IPTABLESBACKEND to the backend of `iptables --version`, and restart"
            " dcos-calico-felix",
            node=machine.address,
            detail=how,
        )
