"""A resolver has an address that no name server can have.

dcos-dns on every node forwards what it does not know itself to `resolvers`. An address of the VIPs, of an
overlay or of Calico's pool belongs to tasks, one of 198.51.100.0/24 is dcos-dns' own, and special addresses
are nobody's. The installer refuses 198.51.100.1 to 198.51.100.3 alone.

Example:
    resolvers: [11.0.0.53]

Name the resolvers of your site, by addresses that every node reaches.
"""

from collections.abc import Iterator

from calico_config.facts.facts import Facts
from calico_config.facts.known_ranges import DNS_RESERVED
from calico_core.addresses import Range, parse_address
from calico_core.findings import Severity
from calico_core.rules import Findings, error

RULE = error(
    __name__,
    source="dcos/dcos gen/calc.py (validate_resolvers, dcos_l4lb_min_named_ip, dns_bind_ip_reserved)",
)
WATCHES = ("anything",)

_LOOPBACK = 127


def check(facts: Facts) -> Findings:
    """One finding for each resolver that cannot be one."""
    if not facts.is_set("resolvers"):
        return
    for index, item in enumerate(facts.json_list("resolvers")):
        address = parse_address(item.partition(":")[0]) if isinstance(item, str) else None
        if address is None:
            continue
        taken = next((each for each in _taken(facts) if each.first <= address <= each.last), None)
        if taken is None:
            continue
        loopback = address >> 24 == _LOOPBACK
        yield RULE.finding(
            f"the resolver {item} cannot be one: its address is one of {taken.owner}"
            + (", and every node would have to run it itself" if loopback else ""),
            hint="name the resolvers of your site, by addresses that every node reaches",
            severity=Severity.WARNING if loopback else None,
            **facts.place("resolvers", index),
        )


def _taken(facts: Facts) -> Iterator[Range]:
    """Where no name server is."""
    yield DNS_RESERVED
    yield from facts.special
    yield from facts.vip_ranges
    yield from facts.overlay_ranges
