"""dcos-net does not run on a node.

It answers `master.dcos.thisdcos.directory`, the name under which Calico and Docker find etcd, and it
carries the overlay. Without it all of Calico fails on the node.

Example:
    dcos-net.service is not listed

Read `journalctl -u dcos-net`, then `systemctl restart dcos-net`.
"""

from calico_migrate.diagnose.estate import units
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, error

RULE = error(__name__, source="dcos/dcos packages/dcos-net/extra/dcos-net.service", needs="")


def check(node: OneNode) -> Findings:
    """Systemd's list and the health report."""
    down = units.why_down(node.machine, "dcos-net.service")
    if down is not None:
        why, evidence = down
        yield RULE.found(
            f"dcos-net does not run: {why}",
            *evidence,
            hint="read `journalctl -u dcos-net` on the node, then `systemctl restart dcos-net`",
            node=node.machine.address,
        )
