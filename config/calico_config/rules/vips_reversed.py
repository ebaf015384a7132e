"""The range of the named VIPs is empty.

dcos-net picks the address of a named VIP with `erlang:phash2(Name, Count)`, where Count is the distance
from `dcos_l4lb_min_named_ip` to `dcos_l4lb_max_named_ip`. Where the first is not below the second, Count
is not positive and every named VIP fails with `badarg`. The installer checks each of the two alone.

Example:
    dcos_l4lb_min_named_ip: 11.255.0.0
    dcos_l4lb_max_named_ip: 11.0.0.0

Exchange the two, or remove both for the default 11.0.0.0 to 11.255.255.255.
"""

from calico_config.facts.facts import Facts
from calico_config.facts.known_ranges import VIPS_DEFAULT
from calico_core.addresses import parse_address
from calico_core.rules import Findings, error

RULE = error(__name__, source="dcos/dcos-net apps/dcos_l4lb/src/dcos_l4lb_lashup_vip_listener.erl")
WATCHES = ("vips",)

VIPS6_DEFAULT = ("fd01:c::", "fd01:c::ffff:ffff:ffff:ffff")


def _address6(text: str) -> int | None:
    from ipaddress import AddressValueError, IPv6Address

    try:
        return int(IPv6Address(text))
    except AddressValueError:
        return None


def check(facts: Facts) -> Findings:
    """One finding where the first IPv4 or IPv6 address is not below the last."""
    for least, greatest, defaults, parse in (
        ("dcos_l4lb_min_named_ip", "dcos_l4lb_max_named_ip", VIPS_DEFAULT, parse_address),
        ("dcos_l4lb_min_named_ip6", "dcos_l4lb_max_named_ip6", VIPS6_DEFAULT, _address6),
    ):
        if not (facts.is_set(least) or facts.is_set(greatest)):
            continue
        if not (facts.usable(least) and facts.usable(greatest)):
            continue
        texts = (facts.text(least) or defaults[0], facts.text(greatest) or defaults[1])
        first, last = parse(texts[0]), parse(texts[1])
        if first is None or last is None or first < last:
            continue
        verb = "equals" if first == last else "is above"
        yield RULE.finding(
            f"{least} {texts[0]} {verb} {greatest} {texts[1]}: no named VIP can get an address",
            hint=f"exchange the two, or remove both for the default {defaults[0]} to {defaults[1]}",
            **facts.place(least if facts.is_set(least) else greatest),
        )
