"""Another network daemon runs on a node.

Two BIRDs, two Felix, or the daemon of another network plugin undo each other's routes and rules.

Example:
    flanneld runs beside Felix

Find out who started the second one (`systemctl status PID`), and stop it.
"""

import re

from calico_core.words import counted
from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, warning
from calico_migrate.diagnose.logs.telling import quoted

RULE = warning(__name__, source="projectcalico/bird sysdep/unix/io.c:2270; Calico 3.14 system requirements")

_FOREIGN = re.compile(r"(?:^|/)(flanneld|weaver|weave-net|cilium-agent|kube-router|romana_agent)(?:\s|\Z)")


def check(node: OneNode) -> Findings:
    """Processes that should be there once at most, and those that should not be there."""
    machine = node.machine
    hint = "find out who started it (`systemctl status PID`), and stop it"
    seen: dict[str, list[tuple[int, str]]] = {"BIRD": [], "Felix": []}
    for number, line in enumerate(machine.processes, 1):
        command = _command(line)
        first = command.split(" ")[0].rpartition("/")[2]
        if first == "bird":
            seen["BIRD"].append((number, line))
        elif first == "calico-node" and " -felix" in command:
            seen["Felix"].append((number, line))
        foreign = _FOREIGN.search(command.split(" ")[0])
        if foreign is not None:
            yield RULE.found(
                f"{foreign[1]} runs beside Felix",
                machine.evidence(names.PROCESSES, number, line),
                hint=hint,
                node=machine.address,
            )
    for what, lines in seen.items():
        if len(lines) > 1:
            yield RULE.found(
                f"{counted(len(lines), 'process', 'processes')} of {what} run at once",
                *(machine.evidence(names.PROCESSES, number, line) for number, line in lines[:3]),
                hint=hint,
                node=machine.address,
            )
    evidence, told = quoted(machine, (names.BIRD_LOG, "bird-another"))
    if evidence:
        yield RULE.found(
            "BIRD found another BIRD running", *evidence, hint=hint, node=machine.address, detail=told
        )


def _command(line: str) -> str:
    """The command of a row of `ps aux -Z`, which has a label in front of eleven columns, or of `ps aux`."""
    words = line.split(None, 11)
    if len(words) < 11:
        return ""
    return (
        words[11]
        if len(words) > 11 and re.fullmatch(r"\d+:\d+(?::\d+)?", words[10])
        else " ".join(words[10:])
    )
