"""SELinux denies Felix something.

It is enforcing, and Felix cannot write settings of the kernel or start its programs.

Example:
    avc:  denied  { write } for  pid=1834 comm="calico-node" name="rp_filter"

Put SELinux into permissive mode, which DC/OS asks for, or add a rule for what the line names.
"""

import re

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.undecided import UndecidedError
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.estate.evidence import Evidence
from calico_migrate.diagnose.estate.machine import Machine
from calico_migrate.diagnose.judgement import Findings, warning

RULE = warning(__name__, source="DC/OS docs, system requirements (SELinux); felix endpoint_mgr.go:685")

_OURS = re.compile(r"calico|felix|iptables|ipset|bird|confd|libnetwork")


def check(node: OneNode) -> Findings:
    """SELinux' mode, the kernel's log, and what Felix cannot write."""
    machine = node.machine
    denied: list[Evidence] = []
    hits = machine.log(names.DMESG).hits.get("selinux-denied")
    if hits is not None:
        denied += [
            machine.quote(names.DMESG, hit) for hit in hits.kept if _OURS.search(hit.groups.get("c", ""))
        ][-2:]
    written = machine.log(names.FELIX_LOG).hits.get("felix-iface-config")
    if written is not None:
        denied += [
            machine.quote(names.FELIX_LOG, hit)
            for hit in written.kept
            if re.search("permission denied|read-only|not permitted", hit.text)
        ][-1:]
    if denied and _enforcing(machine):
        yield RULE.found(
            "SELinux, or something like it, denies Felix something",
            *denied,
            hint="put SELinux into permissive mode, or add a rule for what the line names",
            node=machine.address,
        )


def _enforcing(machine: Machine) -> bool:
    """Whether SELinux enforces, by `sestatus`; where that is missing, a denial speaks for itself."""
    try:
        text = machine.text(names.SESTATUS)
    except UndecidedError:
        return True
    mode = re.search(r"(?m)^(?:Current mode|SELinux status):\s+(\S+)", text)
    current = re.search(r"(?m)^Current mode:\s+(\S+)", text)
    return (current or mode) is None or (current or mode)[1] not in ("permissive", "disabled")  # type: ignore[index]
