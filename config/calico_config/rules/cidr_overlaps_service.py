"""The pool contains the address of a service that the nodes need.

The file itself names addresses that nodes talk to: the bootstrap machine, ZooKeeper, the masters' load
balancer, proxies, the servers in `dns_forward_zones`. Calico routes the addresses of its pool into its
tunnel, and the service behind them is gone.

Example:
    exhibitor_zk_hosts: 172.29.3.4:2181

Choose another network for Calico.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.findings import Severity
from calico_core.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calico_config.facts import Facts
    from calico_core.findings import Finding

RULE = Rule(
    __name__,
    Severity.ERROR,
    source="dcos/dcos gen/calc.py; projectcalico/calico issue 1401",
)


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each parameter that names an address in the pool of a running Calico."""
    from calico_config.colliding import with_addresses

    services = facts.services
    for name in dict.fromkeys(entry.owner for entry in services):
        chosen = [entry for entry in services if entry.owner == name]
        why = f"nodes could not reach it any more ({name})"
        yield from with_addresses(facts, RULE, "address", chosen, why)
