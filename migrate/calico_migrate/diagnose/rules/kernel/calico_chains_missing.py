"""Calico's iptables chains, or the jumps to them, are missing.

Felix runs, and its rules are not there: something flushed iptables, or Felix writes to another backend than
the one that was saved. No policy holds on the node.

Example:
    no `-A FORWARD … -j cali-FORWARD`

`systemctl restart dcos-calico-felix`; find out what flushes iptables (a firewall service, a script).
"""

from calico_core.words import listed
from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.estate import units
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, error
from calico_migrate.diagnose.logs.telling import quoted

RULE = error(
    __name__,
    source="projectcalico/felix v3.14.0 rules/static.go, iptables/table.go:545-551",
    causes=("iptables-backends-mixed", "felix-not-running", "kernel-module-missing"),
)

_JUMPS = (("INPUT", "cali-INPUT"), ("FORWARD", "cali-FORWARD"))


def check(node: OneNode) -> Findings:
    """The jumps from INPUT and FORWARD, where Felix runs."""
    machine = node.machine
    table = machine.iptables.table("filter")
    missing = [
        target for chain, target in _JUMPS if not any(rule.target == target for rule in table.of(chain))
    ]
    if not missing:
        return
    if not units.runs(machine, "dcos-calico-felix.service"):
        return
    none = not any(chain.startswith("cali-") for chain in table.policies)
    told, _ = quoted(machine, (names.FELIX_LOG, "felix-chain-changed"))
    yield RULE.found(
        "Calico's iptables chains are missing though Felix runs"
        if none
        else f"the jump to {listed(missing)} is missing though Felix runs",
        machine.evidence(names.IPTABLES, None, f"no jump to {listed(missing)}"),
        *told,
        hint="`systemctl restart dcos-calico-felix`, and find out what flushes iptables",
        node=machine.address,
    )
