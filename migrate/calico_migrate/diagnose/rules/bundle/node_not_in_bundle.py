"""A node that Calico or Mesos knows has no folder in the bundle.

The collector asks Mesos for the agents. One whose `mesos-agent` is down or never registered is not asked at
all, and its absence looks like health.

Example:
    10.0.1.22 is an agent of Mesos, and the bundle has no folder 10.0.1.22_agent

Look at `dcos-mesos-slave` on the node, and run the script of `calico-migrate diagnose --collector` there.
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.undecided import Reason, UndecidedError
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.estate.evidence import Evidence
from calico_migrate.diagnose.judgement import Findings, warning

RULE = warning(
    __name__,
    source="dcos/dcos-diagnostics@4a97a0e dcos/finder.go:138-176",
    needs="",
    cluster=True,
    causes=("node-not-collected",),
)


def check(estate: Estate) -> Findings:
    """Agents of Mesos without a folder; Calico's nodes too, where Mesos' list is missing."""
    there = {address for machine in estate.machines for address in machine.known_addresses}
    try:
        known = dict.fromkeys(estate.mesos_agents, "an agent of Mesos")
    except UndecidedError:
        if estate.calico != "on":
            raise
        known = {node.address or node.name: "a node of Calico" for node in estate.nodes}
    for address, what in sorted(known.items()):
        if address not in there and estate.bundle.archive.incomplete:
            yield RULE.open(address, Reason.CUT, names.HEALTH)
        elif address not in there:
            yield RULE.found(
                f"it is {what}, and the bundle has nothing of it",
                Evidence(f"{address}_agent/", None, "is not there"),
                hint="look at the node's dcos-mesos-slave; `calico-migrate diagnose --collector` prints"
                " a script"
                " that collects from it",
                node=address,
            )
