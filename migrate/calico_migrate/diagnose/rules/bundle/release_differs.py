"""Nodes run different releases.

An upgrade is half done, or a node was left out of it. Calico's parts of both releases work together only by
luck.

Example:
    10.0.1.24 runs 2.1.2, the others 2.2.1

Finish the upgrade on the nodes that are behind, then make a new bundle.
"""

import json

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.undecided import UndecidedError
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.estate.machine import Machine
from calico_migrate.diagnose.judgement import Findings, warning

RULE = warning(__name__, source="dcos/dcos packages/*/buildinfo.json, gen/dcos-config.yaml", needs="")


def check(estate: Estate) -> Findings:
    """Every node whose release, or whose build of Calico, is not the most frequent one."""
    versions: dict[str, list[Machine]] = {}
    builds: dict[str, list[Machine]] = {}
    for machine in estate.machines:
        try:
            versions.setdefault(machine.version, []).append(machine)
        except UndecidedError as undecided:
            yield RULE.open(machine.address, undecided.reason, undecided.item)
            continue
        try:
            info = machine.document(names.BUILDINFO)
        except UndecidedError:
            continue
        package = info.get("calico") if isinstance(info, dict) else None
        builds.setdefault(json.dumps(package, sort_keys=True), []).append(machine)
    yield from _others(versions, names.VERSION, "runs release {} and others run {}")
    if len(versions) < 2:
        yield from _others(builds, names.BUILDINFO, "has another build of Calico than the others")


def _others(kinds: dict[str, list[Machine]], item: str, message: str) -> Findings:
    usual = max(kinds, key=lambda kind: len(kinds[kind]), default="")
    for kind, machines in kinds.items():
        if kind == usual:
            continue
        for machine in machines:
            yield RULE.found(
                message.format(kind, usual),
                machine.evidence(item, 1, kind[:200]),
                hint="finish the upgrade on this node",
                node=machine.address,
            )
