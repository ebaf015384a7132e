"""One master cannot ask its etcd.

The others still have a quorum, and Calico works; the next failure ends it.

Example:
    10.0.1.2: could not collect …dcos-etcdctl_diagnostic.output: exit status 1

Read `journalctl -u dcos-etcd` on that master; where its data is lost, remove the member and let it join
again.
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.estate.datastore import deaf_masters
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.judgement import Findings, warning
from calico_migrate.diagnose.logs.telling import quoted

RULE = warning(
    __name__,
    source="dcos/dcos packages/etcd/extra/etcdctl/dcos_etcdctl.py:315-322",
    causes=("etcd-not-running",),
)


def check(estate: Estate) -> Findings:
    """Masters whose etcd did not answer, where a quorum is left; else what the journals of its peers say."""
    lacking, undecided = deaf_masters(estate)
    masters = max(len(estate.masters), estate.parameters.number_of_masters)
    if masters and masters - len(lacking) < masters // 2 + 1:
        return
    hint = "read `journalctl -u dcos-etcd` on that master"
    for address, evidence in lacking.items():
        yield RULE.found(
            "the master cannot ask its etcd; the others still have a quorum",
            evidence,
            hint=hint,
            node=address,
        )
    for machine in estate.masters:
        if machine.address in lacking:
            continue
        told, how = quoted(machine, (names.ETCD_LOG, "etcd-join"))
        if told:
            yield RULE.found(
                "etcd has lost its data or its place in the quorum, and joins again",
                *told,
                hint=hint,
                node=machine.address,
                detail=how,
            )
    if undecided is not None and not lacking:
        raise undecided
