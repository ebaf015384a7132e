"""The installer changes an IPv6 address of the named VIPs.

For dcos-net the installer writes the address as an Erlang tuple and removes leading zeros by deleting
every `000`. A group that ends in three zeros, such as `1000`, thereby becomes `1`: the range is another
one than the file says.

Example:
    dcos_l4lb_min_named_ip6: "fd01:1000::"

Use an address without a group that ends in `000`, such as `fd01:c::`.
"""

from calico_config.facts.facts import Facts
from calico_core.rules import Findings, error

RULE = error(__name__, source="dcos/dcos gen/calc.py ip6_to_erltuple")
WATCHES = ("vips",)


def check(facts: Facts) -> Findings:
    """One finding for each address that the installer changes."""
    from ipaddress import AddressValueError, IPv6Address

    for name in ("dcos_l4lb_min_named_ip6", "dcos_l4lb_max_named_ip6"):
        text = facts.text(name)
        if text is None:
            continue
        try:
            groups = IPv6Address(text).exploded.split(":")
        except AddressValueError:
            continue
        changed = [group for group in groups if int(group.replace("000", "") or "0", 16) != int(group, 16)]
        if changed:
            becomes = ":".join(group.replace("000", "") for group in groups)
            yield RULE.finding(
                f"{name} {text}: the installer deletes every '000', so that the group {changed[0]} becomes"
                f" {changed[0].replace('000', '')} and the address {becomes}",
                hint="use an address without a group that ends in 000",
                **facts.place(name),
            )
