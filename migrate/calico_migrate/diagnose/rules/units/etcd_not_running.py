"""etcd does not run on a master.

Calico keeps everything in it. One of three members may be missing; without two nothing can be read or
written.

Example:
    dcos-etcd.service is not listed

Read `journalctl -u dcos-etcd` on the master, then `systemctl restart dcos-etcd`.
"""

from calico_migrate.diagnose.bundle.names import MASTER
from calico_migrate.diagnose.estate import units
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, error

RULE = error(__name__, source="dcos/dcos packages/etcd/extra/dcos-etcd.service", roles=(MASTER,))


def check(node: OneNode) -> Findings:
    """Systemd's list and the health report."""
    down = units.why_down(node.machine, "dcos-etcd.service")
    if down is not None:
        why, evidence = down
        yield RULE.found(
            f"etcd does not run: {why}",
            *evidence,
            hint="read `journalctl -u dcos-etcd` on the master, then `systemctl restart dcos-etcd`",
            node=node.machine.address,
        )
