"""`detect_ip` prints nothing, or several lines.

Calico then chooses an address by itself, of whatever interface comes first.

Example:
    optmesospherebindetect_ip.output: 10.0.1.21
                                      172.17.0.1

Correct `ip-detect` so that it prints one address.
"""

from calico_core.words import counted
from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, warning
from calico_migrate.diagnose.logs.telling import quoted

RULE = warning(
    __name__, source="dcos/dcos packages/calico/extra/start-calico-felix.sh:7-8; node startup.go:664"
)


def check(node: OneNode) -> Findings:
    """Its output, and whether Felix had to choose."""
    machine = node.machine
    told, how = quoted(machine, (names.FELIX_LOG, "startup-autodetected"))
    lines = machine.detected
    hint = "correct ip-detect so that it prints one address"
    if len(lines) != 1:
        yield RULE.found(
            f"detect_ip prints {counted(len(lines), 'line')} instead of one address",
            machine.evidence(names.DETECT_IP, 1 if lines else None, " ".join(lines[:3])),
            *told,
            hint=hint,
            node=machine.address,
        )
    elif told:
        yield RULE.found("Calico chose the node's address by itself", *told, hint=hint, node=machine.address,
                         detail=how)  # fmt: skip
