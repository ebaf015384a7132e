"""etcd is out of space.

It has reached its quota of 2 GB and refuses every write: no container, node or policy can be added. Its
health check goes on saying `healthy`.

Example:
    alarm NOSPACE raised by peer e979f4ae0e676f57

Compact and defragment each member, then `dcos-etcdctl alarm disarm`.
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.undecided import UndecidedError
from calico_migrate.diagnose.estate.datastore import refused_for_space
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.estate.evidence import Evidence
from calico_migrate.diagnose.estate.machine import Machine
from calico_migrate.diagnose.judgement import Findings, error

RULE = error(
    __name__,
    source="etcd 3.4 documentation, Space quota; etcd issue 11309; dcos/dcos packages/etcd/extra/etcd.sh",
)


def check(estate: Estate) -> Findings:
    """The journals of etcd, and who was refused by it."""
    evidence: list[Evidence] = []
    nodes: list[str] = []
    undecided: UndecidedError | None = None
    for machine in estate.machines:
        try:
            told = _told(machine)
        except UndecidedError as problem:
            undecided = undecided or problem
            continue
        if told:
            evidence += told
            nodes.append(machine.address)
    if evidence:
        yield RULE.found_on(
            nodes,
            "etcd is out of space and refuses every write, though it calls itself healthy",
            *evidence,
            hint="compact and defragment each member (`dcos-etcdctl compact`, `defrag`), then"
            " `dcos-etcdctl alarm disarm`",
        )
    elif undecided is not None:
        raise undecided


def _told(machine: Machine) -> list[Evidence]:
    if machine.is_master:
        log = machine.log(names.ETCD_LOG)
        return [
            machine.quote(names.ETCD_LOG, log.hits[known].last)
            for known in ("etcd-nospace", "etcd-quota")
            if known in log.hits
        ]
    return refused_for_space(machine)
