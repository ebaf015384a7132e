"""The masters name different members of etcd.

A replaced master was not removed, or etcd is split. A member that is no master counts towards the quorum
and never answers.

Example:
    10.0.1.3 has the member etcd-10.0.1.9, which is no master

Remove the member: `dcos-etcdctl member remove ID`.
"""

from calico_core.words import counted, listed
from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.undecided import Reason, UndecidedError
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.judgement import Findings, error

RULE = error(__name__, source="dcos/dcos packages/etcd/extra/etcd_discovery/etcd_discovery.py:695-711")


def check(estate: Estate) -> Findings:
    """Every master's list against the first, and against the masters."""
    hint = "remove the member that is no master: `dcos-etcdctl member remove ID`"
    lists: dict[str, frozenset[str]] = {}
    problem: UndecidedError | None = None
    for machine in estate.masters:
        try:
            members = machine.etcd.members
        except UndecidedError as undecided:
            problem = problem or undecided
            continue
        if members is not None:
            lists[machine.address] = frozenset(members.values())
    if not lists:
        if problem is not None:
            raise problem
        return
    by_address = {machine.address: machine for machine in estate.masters}
    first = next(iter(lists))
    for address, members_here in lists.items():
        if members_here != lists[first]:
            machine = by_address[address]
            yield RULE.found(
                f"the masters name different members of etcd: {listed(sorted(members_here ^ lists[first]))}",
                machine.evidence(names.ETCD, machine.etcd.line, f"members {listed(sorted(members_here), 9)}"),
                hint=hint,
                nodes=(address, first),
            )
            return
    if estate.bundle.archive.incomplete and not estate.bundle.statuses:
        raise UndecidedError(names.ETCD, Reason.CUT)
    masters = {each for machine in estate.masters for each in machine.known_addresses}
    wrong = sorted(lists[first] - masters - {""})
    machine = by_address[first]
    if wrong and not estate.single and not estate.bundle.statuses.keys() & set(wrong):
        yield RULE.found(
            f"etcd has {counted(len(wrong), 'member')} that {'is' if len(wrong) == 1 else 'are'} no master:"
            f" {listed(wrong)}",
            machine.evidence(names.ETCD, machine.etcd.line, f"members {listed(sorted(lists[first]), 9)}"),
            hint=hint,
        )
