"""Calico's Docker plugin does not run on an agent.

Docker containers on a Calico network cannot start there. The unit creates the Docker network after its
start and fails where that fails, so that its journal most often has the reason.

Example:
    dcos-calico-libnetwork-plugin.service: activating (auto-restart)

Read `journalctl -u dcos-calico-libnetwork-plugin`; the rules `docker-…` name what is known of it.
"""

from calico_migrate.diagnose.bundle.names import AGENT_ROLES
from calico_migrate.diagnose.estate import units
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, error

RULE = error(
    __name__,
    source="dcos/dcos packages/calico/extra/dcos-calico-libnetwork-plugin.service (ExecStartPost)",
    roles=AGENT_ROLES,
    causes=("docker-cluster-store-missing", "docker-network-not-created", "docker-too-new", "etcd-no-quorum"),
)

_UNIT = "dcos-calico-libnetwork-plugin.service"


def check(node: OneNode) -> Findings:
    """Systemd's list and the health report."""
    down = units.why_down(node.machine, _UNIT)
    if down is not None:
        why, evidence = down
        yield RULE.found(
            f"the Docker plugin of Calico does not run: {why}",
            *evidence,
            hint="read `journalctl -u dcos-calico-libnetwork-plugin` on the agent",
            node=node.machine.address,
        )
