"""etcd is slow or often elects a leader.

Slow disks, a busy processor or a bad network between masters. Felix and Docker time out now and then.

Example:
    `took too long` 212 times; an election every few minutes

Give etcd a disk of its own, and look at the masters' load.
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.names import MASTER
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, warning
from calico_migrate.diagnose.logs.telling import times

RULE = warning(
    __name__, source="etcd 3.4 documentation, Tuning and FAQ", roles=(MASTER,), causes=("etcd-no-quorum",)
)

_MANY_ELECTIONS = 3
_MANY_SLOW = 30


def check(node: OneNode) -> Findings:
    """How often the journal says so."""
    log = node.machine.log(names.ETCD_LOG)
    for known, limit, what in (
        ("etcd-no-leader", _MANY_ELECTIONS, "often elects a leader"),
        ("etcd-slow", _MANY_SLOW, "answers too slowly"),
        ("etcd-peer", _MANY_SLOW, "loses the connection to another member"),
    ):
        hits = log.hits.get(known)
        if hits is not None and hits.seen >= limit:
            yield RULE.found(
                f"etcd {what}",
                node.machine.quote(names.ETCD_LOG, hits.last),
                hint="look at the disks and the load of the masters; give etcd a disk of its own",
                node=node.machine.address,
                detail=times(node.machine, hits),
            )
