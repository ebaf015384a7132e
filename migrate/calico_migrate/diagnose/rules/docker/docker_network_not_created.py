"""The Docker network was not created, or did not reach this agent.

One agent creates it, the others wait for it for two minutes. Docker keeps it in etcd; where Docker cannot
write or read there, the unit of the plugin fails and tries again.

Example:
    The network should have been created by agent-3, but did not appear on time

`docker network ls` on this agent and on the one that is named; look at etcd first.
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.names import AGENT_ROLES
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, error
from calico_migrate.diagnose.logs.telling import times

RULE = error(
    __name__,
    source="dcos/dcos packages/calico/extra/create-calico-docker-network.py:97-100, 349, 386, 407",
    roles=AGENT_ROLES,
    causes=("docker-cluster-store-missing", "etcd-no-quorum", "etcd-out-of-space", "docker-too-new"),
)

_IDS = ("net-not-in-time", "net-create-failed", "net-docker-error", "net-lock", "plug-ipam-driver")


def check(node: OneNode) -> Findings:
    """The journal of the plugin's unit, but for what the cluster store explains."""
    machine = node.machine
    log = machine.log(names.PLUGIN_LOG)
    if log.get("net-cluster-store", "net-not-swarm", "net-daemon-json") is not None:
        # Without a cluster store there is no network, which has a rule of its own.
        return
    hits = [
        log.hits[known]
        for known in _IDS
        if known in log.hits and "not a swarm manager" not in log.hits[known].last.text
    ]
    if hits:
        yield RULE.found(
            "the Docker network of Calico was not created, or did not reach this agent",
            *(machine.quote(names.PLUGIN_LOG, each.last) for each in hits),
            hint="`docker network ls` here and on the agent that is named; look at etcd first",
            node=machine.address,
            detail=times(machine, hits[0]),
        )
