"""A pool shares addresses with a network that a node really has.

An interface, a bridge, the overlay, virtual addresses, DNS. Calico's routes win or lose against theirs by
chance, and the node loses its way to one of them.

Example:
    eth1 of 10.0.1.24 has 172.29.200.5/24, and pool default-ipv4-ippool is 172.29.0.0/16

Make another pool, away from it (`calico-migrate config suggest`), move the containers over, and delete this
one.
"""

from calico_migrate.diagnose.bundle.undecided import UndecidedError
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.estate.evidence import Evidence
from calico_migrate.diagnose.estate.machine import Machine
from calico_migrate.diagnose.estate.surroundings import networks_of, reserved
from calico_migrate.diagnose.judgement import Findings, error

RULE = error(
    __name__,
    source="dcos/dcos README, CHANGES (PRs 6582, 6633, 7056); projectcalico/calico issue 1401",
    lists=True,
)

_HINT = (
    "make a pool elsewhere (`calico-migrate config suggest`), move the containers over, and delete this one"
)


def check(estate: Estate) -> Findings:
    """Every pool against the interfaces of all nodes, and against what DC/OS keeps for itself."""
    undecided: UndecidedError | None = None
    for pool in estate.enabled_pools:
        hits: dict[str, list[tuple[Machine, Evidence]]] = {}
        for machine in estate.machines:
            try:
                seen = list(networks_of(machine))
            except UndecidedError as problem:
                undecided = undecided or problem
                continue
            for name, net, evidence in seen:
                if pool.net.overlaps(net):
                    hits.setdefault(f"{name} ({net})", []).append((machine, evidence))
        for what, places in hits.items():
            nodes = list(dict.fromkeys(machine.address for machine, _ in places))
            yield RULE.found_on(
                nodes,
                f"pool {pool.name} ({pool.net}) shares addresses with {what}",
                *(evidence for _, evidence in places[:3]),
                estate.about_pool(pool),
                hint=_HINT,
            )
        for occupant, taken in reserved(estate):
            if pool.net.overlaps(taken) and not any(str(taken) in each for each in hits):
                yield RULE.found(
                    f"pool {pool.name} ({pool.net}) shares addresses with {taken.owner}, {taken}:"
                    f" {occupant.why}",
                    estate.about_pool(pool),
                    hint=_HINT,
                )
    if undecided is not None:
        raise undecided
