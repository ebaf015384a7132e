"""Docker has no cluster store in force.

Calico's Docker networks are kept in etcd, where all agents see them. Docker reads `cluster-store` of
daemon.json when it gets SIGHUP; another value on its command line, live-restore, or a daemon.json that is
no JSON keep it from that.

Example:
    Exception: Cluster store not configured

`docker info | grep 'Cluster Store'`; correct /etc/docker/daemon.json, `systemctl restart docker`, then
dcos-calico-libnetwork-plugin.
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.names import AGENT_ROLES
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, error
from calico_migrate.diagnose.logs.telling import times

RULE = error(
    __name__,
    source="dcos/dcos packages/calico/extra/create-calico-docker-network.py:264, 276-330",
    roles=AGENT_ROLES,
    causes=("docker-too-new",),
)


def check(node: OneNode) -> Findings:
    """The journal of the plugin's unit, where no good end follows."""
    machine = node.machine
    log = machine.log(names.PLUGIN_LOG)
    hits = [
        log.hits[known]
        for known in ("net-cluster-store", "net-not-swarm", "net-daemon-json")
        if known in log.hits
    ]
    if hits:
        yield RULE.found(
            "Docker has no cluster store in force",
            *(machine.quote(names.PLUGIN_LOG, each.last) for each in hits),
            hint="`docker info | grep 'Cluster Store'`; correct /etc/docker/daemon.json and restart"
            " docker, then"
            " dcos-calico-libnetwork-plugin",
            node=machine.address,
            detail=times(machine, hits[0]),
        )
