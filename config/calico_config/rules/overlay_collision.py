"""The DC/OS overlay shares addresses with something else.

The overlays' subnets and the VTEPs' `vtep_subnet` are routed into the overlay on every node. Where
masters, agents, resolvers, the named VIPs, docker0, the UCR bridge, the VTEPs themselves or a range that
you reserved have the same addresses, one of the two cannot be reached. The installer compares nothing of
that. Workloads that have not moved to Calico yet still need the overlay.

Example:
    dcos_overlay_network:
      vtep_subnet: 44.128.0.0/20
      overlays:
        - {name: dcos, subnet: 10.0.0.0/8, prefix: 24}    # the masters are 10.0.0.10 to 12

Give the overlay a network that nothing else uses.
"""

from calico_config.facts.facts import Facts
from calico_core.rules import Findings, warning

RULE = warning(
    __name__,
    source="DC/OS 2.2 docs, networking/SDN/dcos-overlay; dcos/dcos-mesos-modules overlay/master.cpp;"
    " dcos/dcos gen/calc.py",
)
WATCHES = ("anything",)


def _vtep6(facts: Facts) -> Findings:
    """One finding for each overlay whose IPv6 subnet shares addresses with vtep_subnet6."""
    from ipaddress import IPv6Network

    subnet = (facts.overlay_network or {}).get("vtep_subnet6")
    if not isinstance(subnet, str) or not facts.overlay_networks6:
        return
    try:
        vtep = IPv6Network(subnet)
    except ValueError:
        return
    for network in facts.overlay_networks6:
        if network.first <= int(vtep.broadcast_address) and int(vtep.network_address) <= network.last:
            yield RULE.finding(
                f"overlay network {network.owner}, {network.text}, shares IPv6 addresses with vtep_subnet6"
                f" {subnet}: one of the two cannot be reached",
                hint="give the overlay a network that nothing else uses",
                **facts.place(*network.path),
            )


def check(facts: Facts) -> Findings:
    """One finding for each overlay or VTEP subnet and each owner that it collides with."""
    from calico_config.colliding import described, severity_between
    from calico_core.addresses import Points
    from calico_core.words import counted, listed, relation

    if not facts.overlay_on:
        return
    others = [
        *facts.vip_ranges, *facts.docker0, *facts.bridge_ranges, *facts.dns_addresses, *facts.reserved,
        *facts.link_local, *facts.special,
    ]  # fmt: skip
    points = {
        "master": Points(facts.masters),
        "agent": Points(facts.agents),
        "resolver": Points(facts.resolvers),
        "address": Points(facts.services),
    }
    yield from _vtep6(facts)
    for ours in (*facts.vtep_ranges, *facts.enabled_overlay_ranges):
        ranges = others if ours.kind == "vtep" else [*facts.vtep_ranges, *others]
        for theirs in ranges:
            if ours.first <= theirs.last and theirs.first <= ours.last:
                yield RULE.finding(
                    f"{ours.owner}, {ours}, {relation(ours, theirs)} {described(theirs)}: one of the two"
                    " cannot be reached",
                    hint="give the overlay a network that nothing else uses",
                    severity=severity_between(RULE, ours, theirs),
                    **facts.place_of(ours, theirs),
                )
        for owner, entries in points.items():
            inside = entries.inside(ours)
            if inside:
                names = listed([str(entry) for entry in inside])
                what = f" ({inside[0].owner})" if owner == "address" else ""
                yield RULE.finding(
                    f"{ours.owner}, {ours}, contains"
                    f" {counted(len(inside), owner, 'addresses' if owner == 'address' else None)}"
                    f" ({names}){what}:"
                    " not reachable from the nodes any more",
                    hint="give the overlay a network that no machine uses",
                    severity=severity_between(RULE, ours, inside[0]),
                    **facts.place_of(ours, inside[0]),
                )
