"""The masters' lists of Calico's resources differ.

Each master asks etcd by itself. Small differences come from the moments at which they asked; large ones
from an etcd that is split.

Example:
    10.0.1.3 lists 211 endpoints, 10.0.1.1 lists 214

Compare the member lists of etcd: `dcos-etcdctl member list` on each master.
"""

from calico_core.words import counted, listed
from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.undecided import UndecidedError
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.judgement import Findings, info
from calico_migrate.diagnose.parsing.resources import parse_resources

RULE = info(
    __name__, source="dcos/dcos gen/dcos-config.yaml (calicoctl on every master)", lists=True, cluster=True
)

_COMPARED = (names.CALICO_NODES, names.CALICO_POOLS, names.CALICO_ENDPOINTS)


def check(estate: Estate) -> Findings:
    """Names that are in one list and not in the other."""
    for item in _COMPARED:
        first = estate.listed(item)
        own = {resource.name for resource in first.resources.items}
        whole = first.machine.text(item)
        for machine in estate.masters:
            if machine is first.machine or not machine.has(item):
                continue
            try:
                text = machine.text(item)
                others = own if text == whole else {each.name for each in parse_resources(text).items}
            except (UndecidedError, ValueError):
                continue
            different = sorted(own ^ others)
            if different:
                yield RULE.found(
                    f"the masters' lists of {_KINDS[item]} differ by {counted(len(different), 'name')}",
                    machine.evidence(item, None, f"differs in {listed(different)}"),
                    hint="compare `dcos-etcdctl member list` of the masters; small differences come"
                    " from the time"
                    " between the questions",
                    nodes=(first.machine.address, machine.address),
                )


_KINDS = {names.CALICO_NODES: "nodes", names.CALICO_POOLS: "pools", names.CALICO_ENDPOINTS: "endpoints"}
