"""The agent has no, or two, CNI configurations of the network.

Mesos looks for a file that names the network. Without it, or with two, no container of UCR can join.

Example:
    Unknown CNI network 'calico'

Compare /opt/mesosphere/etc/dcos/network/cni with that of another agent; restart dcos-mesos-slave, which
keeps tasks.
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.names import AGENT_ROLES
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.estate.workloads import OVERLAYS
from calico_migrate.diagnose.judgement import Findings, error

RULE = error(
    __name__,
    source="apache/mesos src/slave/containerizer/mesos/isolators/network/cni/cni.cpp:339-358, 2042",
    roles=AGENT_ROLES,
)


def check(node: OneNode) -> Findings:
    """The agent's log."""
    machine = node.machine
    log = machine.log(names.AGENT_LOG)
    hits = [
        log.hits[known]
        for known in ("cni-unknown", "cni-skip", "cni-dup")
        if known in log.hits and log.hits[known].last.groups.get("net") not in OVERLAYS
    ]
    if hits:
        yield RULE.found(
            "the agent has no, or two, CNI configurations of the network",
            *(machine.quote(names.AGENT_LOG, each.last) for each in hits),
            hint="compare /opt/mesosphere/etc/dcos/network/cni with that of another agent, then restart"
            " dcos-mesos-slave",
            node=machine.address,
            detail=f"{hits[0].seen} times",
        )
