"""Calico's datastore is marked as not ready.

A migration or an upgrade of the datastore was left half done. Felix waits, and every container that starts is
refused an address.

Example:
    Calico is currently not ready to process requests

`calicoctl get clusterinformation default -o yaml`; set `datastoreReady: true` once the data is whole.
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.undecided import UndecidedError
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.estate.evidence import Evidence
from calico_migrate.diagnose.judgement import Findings, error
from calico_migrate.diagnose.logs.telling import quoted

RULE = error(
    __name__,
    source="projectcalico/felix v3.14.0 daemon/daemon.go:234, 1165; cni-plugin pkg/plugin/plugin.go:79",
)

_LOGS = (
    (names.FELIX_LOG, "felix-datastore-not-ready"),
    (names.FELIX_LOG, "felix-datastore-unready"),
    (names.AGENT_LOG, "cni-not-ready"),
)


def check(estate: Estate) -> Findings:
    """What Felix and the CNI plugin say."""
    undecided: UndecidedError | None = None
    evidence: list[Evidence] = []
    nodes: list[str] = []
    for machine in estate.machines:
        try:
            machine.log(names.FELIX_LOG)
        except UndecidedError as problem:
            undecided = undecided or problem
        told, _ = quoted(machine, *_LOGS)
        if told:
            evidence += told
            nodes.append(machine.address)
    if evidence:
        yield RULE.found_on(
            nodes,
            "Calico's datastore is marked as not ready",
            *evidence,
            hint="`calicoctl get clusterinformation default -o yaml`; set datastoreReady: true once the"
            " data is whole",
        )
    elif undecided is not None:
        raise undecided
