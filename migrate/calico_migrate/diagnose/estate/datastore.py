"""What masters and agents say of etcd."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.undecided import UndecidedError

if TYPE_CHECKING:
    from calico_migrate.diagnose.estate.estate import Estate
    from calico_migrate.diagnose.estate.evidence import Evidence
    from calico_migrate.diagnose.estate.machine import Machine

_SPACE = re.compile(r"database space exceeded|etcdserver: no space|exceeded backend quota")
_REFUSED = (
    (names.FELIX_LOG, "startup-node-write"),
    (names.FELIX_LOG, "tunnel-error"),
    (names.PLUGIN_LOG, "plug-wep"),
    (names.PLUGIN_LOG, "plug-ip-assign"),
    (names.AGENT_LOG, "cni-attach"),
)


def is_about_space(text: str) -> bool:
    """Whether a line says that etcd has no space."""
    return bool(_SPACE.search(text))


def refused_for_space(machine: Machine) -> list[Evidence]:
    """Lines of a node whose writes etcd refused for want of space.

    Raises UndecidedError without Felix' journal.
    """
    machine.log(names.FELIX_LOG)
    found: list[Evidence] = []
    for item, known in _REFUSED:
        try:
            hits = machine.log(item).hits.get(known)
        except UndecidedError:
            continue
        if hits is not None and is_about_space(hits.last.text):
            found.append(machine.quote(item, hits.last))
    return found


def deaf_masters(estate: Estate) -> tuple[dict[str, Evidence], UndecidedError | None]:
    """The masters whose etcd did not answer, with the proof; and why another one cannot be judged.

    A command that failed leaves no file, only its name in the error report. One that took too long proves
    nothing.
    """
    found: dict[str, Evidence] = {}
    problem: UndecidedError | None = None
    said = [
        error
        for error in estate.bundle.errors
        if error.item == names.ETCD and not error.timed_out and not error.cut
    ]
    for machine in estate.masters:
        if machine.has(names.ETCD):
            try:
                etcd = machine.etcd
            except UndecidedError as undecided:
                problem = problem or undecided
                continue
            if etcd.healthy is False:
                found[machine.address] = machine.evidence(
                    names.ETCD, 1, machine.text(names.ETCD).partition("\n")[0]
                )
            continue
        own = next((error for error in said if error.address in (machine.address, "")), None)
        if own is None:
            failure = machine.bundle.why_missing(machine.node, names.ETCD)
            problem = problem or UndecidedError(names.ETCD, failure)
            continue
        if not own.address:
            said.remove(own)
        found[machine.address] = machine.evidence(names.ETCD, None, f"could not be collected: {own.reason}")
    return found, problem
