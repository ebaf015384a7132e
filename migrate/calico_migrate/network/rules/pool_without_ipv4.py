"""A network's CIDR is IPv6, which Calico on DC/OS does not have.

Neither plugin of DC/OS hands out IPv6 addresses, and an IPv6 pool has no encapsulation.

Example:
    calico-migrate network generate web --cidr fd00:1::/64 --output-dir web
    pool-without-ipv4: 'fd00:1::/64' is an IPv6 network

Choose an IPv4 network, such as 10.1.0.0/16.
"""

from calico_core.legible import quoted
from calico_core.rules import Findings, error
from calico_migrate.network.settings import GenerationSettings

RULE = error(
    __name__,
    source="mesosphere/libnetwork-plugin driver/ipam_driver.go; projectcalico/libcalico-go"
    " lib/validator/v3/validator.go (no IPIP or VXLAN on IPv6)",
)


def is_ipv6(cidr: str) -> bool:
    """Whether somebody means an IPv6 network; only a colon can say so, whatever else is wrong with it."""
    return ":" in cidr


def check(settings: GenerationSettings) -> Findings:
    """The CIDR's address family."""
    if is_ipv6(settings.cidr):
        yield RULE.finding(
            f"{quoted(settings.cidr)} is an IPv6 network, which Calico on DC/OS does not have",
            hint="choose an IPv4 network, such as 10.1.0.0/16",
        )
