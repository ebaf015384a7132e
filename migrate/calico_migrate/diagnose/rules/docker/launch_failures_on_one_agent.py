"""One agent fails to launch containers far more often than the others.

What the others can do this one cannot: something is different there.

Example:
    312 failures on 10.0.1.24, 2 on average elsewhere

Compare that agent with another one: CNI configuration, Docker, disk, the units of Calico.
"""

from calico_core.words import counted
from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.undecided import UndecidedError
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.estate.machine import Machine
from calico_migrate.diagnose.judgement import Findings, warning

RULE = warning(
    __name__,
    source="apache/mesos src/slave/slave.cpp (executorLaunched)",
    cluster=True,
    causes=(
        "cni-configuration-missing",
        "cni-attach-failed",
        "pool-exhausted",
        "docker-cluster-store-missing",
    ),
)

_MANY = 10
_TIMES = 5


def check(estate: Estate) -> Findings:
    """The count of failures in each agent's log."""
    counts: dict[str, int] = {}
    places: dict[str, Machine] = {}
    for machine in estate.agents:
        try:
            hits = machine.log(names.AGENT_LOG).hits.get("launch-failed")
        except UndecidedError as undecided:
            yield RULE.open(machine.address, undecided.reason, undecided.item)
            continue
        counts[machine.address] = hits.seen if hits is not None else 0
        places[machine.address] = machine
    if len(counts) < 3:
        return
    for address, count in counts.items():
        others = [other for place, other in counts.items() if place != address]
        average = sum(others) / len(others)
        if count >= _MANY and count >= _TIMES * max(average, 1):
            hits = places[address].log(names.AGENT_LOG).hits["launch-failed"]
            yield RULE.found(
                f"it failed to launch {counted(count, 'container')}, the others {average:.0f} on average",
                places[address].quote(names.AGENT_LOG, hits.last),
                hint="compare it with another agent: CNI configuration, Docker, disk, Calico's units",
                node=address,
            )
