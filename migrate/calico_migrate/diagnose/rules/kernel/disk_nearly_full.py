"""A disk of a master is nearly full.

etcd and ZooKeeper stop when they cannot write.

Example:
    /dev/xvda1   40G   39G  1.2G  97% /

Free space on it; look at /var/lib/dcos and the logs first.
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.names import MASTER
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, warning

RULE = warning(
    __name__, source="etcd 3.4 documentation, Maintenance; ZooKeeper administrator's guide", roles=(MASTER,)
)

_FULL = 95


def check(node: OneNode) -> Findings:
    """/ and what is mounted at or below /var."""
    for disk in node.machine.disks:
        if disk.used >= _FULL and disk.mount in (
            "/",
            "/var",
            "/var/lib",
            "/var/lib/dcos",
            "/var/lib/dcos/etcd",
        ):
            yield RULE.found(
                f"{disk.mount} is {disk.used} % full",
                node.machine.evidence(names.DISKS, disk.line, disk.text),
                hint="free space; look at /var/lib/dcos and the logs first",
                node=node.machine.address,
            )
