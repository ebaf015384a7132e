"""Rules before Calico's drop or reject packets.

A firewall of the host has its rules in front of Calico's jump, or rewrites the chains again and again.
DC/OS asks for firewalld to be off.

Example:
    -A FORWARD -j REJECT --reject-with icmp-host-prohibited   in front of -j cali-FORWARD

`systemctl disable --now firewalld`, then restart dcos-net, docker and dcos-calico-felix in this order.
"""

import re

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, warning
from calico_migrate.diagnose.logs.telling import times

RULE = warning(
    __name__, source="DC/OS docs, system requirements (firewalld); felix v3.14.0 iptables/table.go:545"
)

_FIREWALLD = re.compile(r"(?:INPUT|FORWARD|OUTPUT)_direct|(?:IN|FWDI|FWDO)_")
_FIGHT = 3


def check(node: OneNode) -> Findings:
    """The rules before the jump, the process of firewalld, and how often Felix finds its chains changed."""
    machine = node.machine
    table = machine.iptables.table("filter")
    hint = "`systemctl disable --now firewalld`, then restart dcos-net, docker and dcos-calico-felix"
    for chain in ("INPUT", "FORWARD"):
        rules = table.of(chain)
        jump = next((number for number, rule in enumerate(rules) if rule.target == f"cali-{chain}"), None)
        for rule in rules[:jump] if jump is not None else ():
            if rule.target in ("DROP", "REJECT") or _FIREWALLD.match(rule.target):
                yield RULE.found(
                    f"a rule in front of Calico's in {chain} drops or rejects packets",
                    machine.evidence(names.IPTABLES, rule.line, f"-A {rule.chain} {rule.text}"),
                    hint=hint,
                    node=machine.address,
                )
                break
    for number, line in enumerate(machine.processes, 1):
        if re.search(r"/firewalld(?:\s|\Z)", line):
            yield RULE.found("firewalld runs", machine.evidence(names.PROCESSES, number, line), hint=hint,
                             node=machine.address)  # fmt: skip
            break
    changed = machine.log(names.FELIX_LOG).hits.get("felix-chain-changed")
    if changed is not None and changed.seen >= _FIGHT:
        yield RULE.found("something changes Calico's iptables chains again and again",
                         machine.quote(names.FELIX_LOG, changed.last), hint=hint, node=machine.address,
                         detail=times(machine, changed))  # fmt: skip
