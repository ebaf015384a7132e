"""The network is written in a way that only the installer understands.

The installer reads `calico_network_cidr` with Python's `ipaddress`, which also takes a netmask
(`172.29.0.0/255.255.0.0`), a hostmask, and an address without a prefix (one single address). On the node
Calico reads the same text with Go's `net.ParseCIDR`, which wants a prefix: it terminates with "Invalid CIDR
specified in CALICO_IPV4POOL_CIDR". Leading zeros (`172.29.00.0/16`) pass both, but programs differ on
whether they mean octal; that is a warning.

Example:
    calico_network_cidr: 172.29.0.0/255.255.0.0

Write the network with a prefix length and without leading zeros: `172.29.0.0/16`.
"""

from calico_config.facts.facts import Facts
from calico_core.findings import Severity
from calico_core.rules import Findings, error

RULE = error(
    __name__,
    source="projectcalico/node v3.14.0 pkg/startup/startup.go (net.ParseCIDR); dcos/dcos gen/calc.py",
)
WATCHES = ("anything",)


def check(facts: Facts) -> Findings:
    """One finding where a running Calico could not read its network."""
    cidr = facts.cidr
    if cidr is None:
        return
    written = cidr.written
    plain = str(written.network) + ("/32" if written.prefix == 32 else "")
    if written.notation == "none":
        yield RULE.finding(
            f"calico_network_cidr {cidr.text!r} has no prefix: the installer takes it as the single address"
            f" {plain}, and Calico refuses it at its first start",
            hint="write the network with its prefix length, for example 172.29.0.0/16",
            **facts.place("calico_network_cidr"),
        )
    elif written.notation != "prefix":
        yield RULE.finding(
            f"calico_network_cidr {cidr.text!r} has a {written.notation}: the installer takes it, but Calico"
            " reads only a prefix length and terminates with 'Invalid CIDR'",
            hint=f"write {plain}",
            **facts.place("calico_network_cidr"),
        )
    elif written.leading_zeros:
        yield RULE.finding(
            f"calico_network_cidr {cidr.text!r} has leading zeros: the installer reads them as decimal, other"
            " programs as octal or not at all",
            hint=f"write {plain}",
            severity=Severity.WARNING,
            **facts.place("calico_network_cidr"),
        )
