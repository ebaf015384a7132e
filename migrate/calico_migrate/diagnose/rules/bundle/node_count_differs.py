"""Calico knows more or fewer nodes than the cluster has.

Every master and every agent has one Node resource. One too many is what a removed machine left behind; one
too few is a machine on which Felix never started.

Example:
    Calico has 9 nodes, the cluster has 3 masters and 5 agents

`stale-node` and `calico-node-missing` name them.
"""

from calico_core.words import counted
from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.undecided import Reason, UndecidedError
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.judgement import Findings, warning

RULE = warning(
    __name__,
    source="dcos/dcos packages/calico/extra/start-calico-felix.sh:7-31",
    lists=True,
    cluster=True,
    causes=("stale-node", "calico-node-missing", "node-address-twice"),
)


def check(estate: Estate) -> Findings:
    """The number of Node resources against the masters and agents."""
    if estate.bundle.archive.incomplete:
        raise UndecidedError(names.HEALTH, Reason.CUT)
    masters = {machine.address for machine in estate.masters}
    agents = {machine.address for machine in estate.agents} | set(estate.mesos_agents)
    known = len(masters) + len(agents - masters)
    if len(estate.nodes) != known:
        listed_nodes = estate.listed(names.CALICO_NODES)
        yield RULE.found(
            f"Calico has {counted(len(estate.nodes), 'node')}, the cluster has"
            f" {counted(len(masters), 'master')}"
            f" and {counted(len(agents - masters), 'agent')}",
            listed_nodes.machine.evidence(names.CALICO_NODES, 1, "kind: NodeList"),
            hint="stale-node names those without a machine, calico-node-missing the machines without one",
        )
