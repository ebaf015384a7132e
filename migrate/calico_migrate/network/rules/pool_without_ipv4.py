"""A network's CIDR is IPv6, which Calico on DC/OS does not have.

Neither plugin of DC/OS hands out IPv6 addresses, and an IPv6 pool has no encapsulation.

Example:
    calico-migrate network generate web --cidr fd00:1::/64 --output-dir web
    pool-without-ipv4: 'fd00:1::/64' is an IPv6 network

Choose an IPv4 network, such as 10.1.0.0/16.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.findings import Severity
from calico_core.legible import quoted
from calico_core.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calico_core.findings import Finding
    from calico_migrate.network.settings import GenerationSettings

RULE = Rule(
    __name__,
    Severity.ERROR,
    source="mesosphere/libnetwork-plugin driver/ipam_driver.go; projectcalico/libcalico-go"
    " lib/validator/v3/validator.go (no IPIP or VXLAN on IPv6)",
)


def is_ipv6(cidr: str) -> bool:
    """Whether somebody means an IPv6 network; only a colon can say so, whatever else is wrong with it."""
    return ":" in cidr


def check(settings: GenerationSettings) -> Iterator[Finding]:
    """The CIDR's address family."""
    if is_ipv6(settings.cidr):
        yield RULE.finding(
            f"{quoted(settings.cidr)} is an IPv6 network, which Calico on DC/OS does not have",
            hint="choose an IPv4 network, such as 10.1.0.0/16",
        )
