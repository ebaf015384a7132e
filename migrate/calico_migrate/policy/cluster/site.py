"""Which addresses a cluster's networks have: from config.yaml, the pools and the agents, else the defaults.

Traffic that does not come from a Calico endpoint arrives at one from the tunnel address of the sender's
agent, which lies in the default pool, or from that agent's own address (dcos/dcos packages/calico/README.md,
projectcalico/felix v3.14.0 ``rules/static.go``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_config.facts.known_ranges import DEFAULT_POOL
from calico_config.parameters import default_text
from calico_migrate.calico.annotations import PROFILE_ANNOTATION
from calico_migrate.policy.cluster.addresses import AddressSpan, is_address, parse_address, parse_net, without

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from calico_config.facts.facts import Facts
    from calico_core.addresses import Range
    from calico_migrate.calico.existing import Pool

DEFAULT_NETWORK = "calico"


class Site(NamedTuple):
    """The ranges of one cluster.

    ``calico`` has the pool of each Calico network, ``profiles`` the profile that a Docker network's pool
    names where it isn't the network's own name. ``tunnels`` are where agents' tunnel addresses lie,
    ``agents`` where their own addresses lie; ``agents_known`` says that these were given. ``overlays``
    has the subnets of each overlay network, ``vips`` the range of named VIPs. ``vxlan_port`` is the UDP port
    of VXLAN that DC/OS tells Felix, None in IP-in-IP mode, where it tells none (dcos/dcos
    ``gen/dcos-config.yaml``, calico-node.env).
    """

    calico: Mapping[str, tuple[AddressSpan, ...]]
    profiles: Mapping[str, str]
    tunnels: tuple[AddressSpan, ...]
    agents: tuple[AddressSpan, ...]
    agents_known: bool
    overlays: Mapping[str, tuple[AddressSpan, ...]]
    vips: tuple[AddressSpan, ...]
    vxlan_port: int | None

    @property
    def pools(self) -> tuple[AddressSpan, ...]:
        """The pools of all Calico networks."""
        return tuple(dict.fromkeys(span for spans in self.calico.values() for span in spans))


def default_site() -> Site:
    """A cluster that keeps DC/OS' defaults and of whose agents nothing is known."""
    return build_site(None, (), ())


def build_site(facts: Facts | None, pools: Sequence[Pool], agents: Sequence[str]) -> Site:
    """The ranges that a config.yaml, the pools and the agents' addresses say; defaults for the rest.

    Agents named by host name leave the agents' addresses open.
    """
    if facts is None:
        from calico_config.facts.facts import untouched

        facts = untouched()
    calico, profiles = _calico_networks(facts.cidr.range if facts.cidr is not None else None, pools)
    overlays: dict[str, tuple[AddressSpan, ...]] = {}
    for overlay in facts.overlays:
        subnets = [overlay.fields.get("subnet"), overlay.fields.get("subnet6")]
        spans = tuple(_span(subnet) for subnet in subnets if isinstance(subnet, str) and _is_net(subnet))
        if isinstance(overlay.fields.get("name"), str):
            overlays[overlay.fields["name"]] = spans
    vips = tuple(_of_range(entry) for entry in facts.vip_ranges) or (_default_vips(),)
    spans = tuple(_of_range(entry) for entry in facts.agents)
    known = bool(spans)
    if agents:
        known = all(is_address(text) for text in agents)
        spans = tuple(parse_address(text) for text in dict.fromkeys(agents)) if known else ()
    if not known:
        taken = [span for group in (*calico.values(), *overlays.values(), vips) for span in group]
        spans = _anywhere_else(taken)
    # Without the default pool the agents' tunnels have addresses of the others.
    tunnels = calico.get(DEFAULT_NETWORK) or tuple(span for spans in calico.values() for span in spans)
    vxlan = facts.flag("calico_vxlan_enabled", default=not _is_ipip(pools))
    port = facts.number("calico_vxlan_port")
    vxlan_port = port.value if port is not None else int(default_text("calico_vxlan_port") or 0)
    return Site(
        calico,
        profiles,
        tunnels,
        spans,
        known,
        overlays,
        vips,
        vxlan_port if vxlan else None,
    )


def _calico_networks(
    configured: Range | None, pools: Sequence[Pool]
) -> tuple[dict[str, tuple[AddressSpan, ...]], dict[str, str]]:
    """The pools by network; a pool's network has its name, the default pool's is ``calico``."""
    calico: dict[str, tuple[AddressSpan, ...]] = {}
    profiles: dict[str, str] = {}
    if configured is not None:
        calico[DEFAULT_NETWORK] = (_of_range(configured),)
    for pool in pools:
        network = DEFAULT_NETWORK if pool.name == DEFAULT_POOL else pool.name
        if _is_net(pool.cidr) and ":" not in pool.cidr:
            calico[network] = (_span(pool.cidr),)
            profile = pool.annotations.get(PROFILE_ANNOTATION)
            if profile:
                profiles[network] = profile
    return calico, profiles


def _is_ipip(pools: Sequence[Pool]) -> bool:
    """Whether pools of an installed cluster say that it runs in IP-in-IP mode."""
    return any(pool.mode == "ipip" for pool in pools)


def _anywhere_else(taken: Iterable[AddressSpan]) -> tuple[AddressSpan, ...]:
    """Where the addresses of agents can lie when nobody says."""
    from calico_config.facts import known_ranges

    known = (known_ranges.LINK_LOCAL, known_ranges.DOCKER0, known_ranges.DNS_ADDRESSES, *known_ranges.SPECIAL)
    everything = AddressSpan(4, 0, (1 << 32) - 1)
    return tuple(without(everything, [*taken, *(_of_range(entry) for entry in known)]))


def _default_vips() -> AddressSpan:
    """The range of named VIPs where config.yaml has one that the installer refuses."""
    from calico_config.facts.known_ranges import VIPS_DEFAULT

    first, last = (parse_address(text) for text in VIPS_DEFAULT)
    return AddressSpan(4, first.first, last.last)


def _of_range(entry: Range) -> AddressSpan:
    return AddressSpan(4, entry.first, entry.last)


def _span(text: str) -> AddressSpan:
    return parse_net(text)


def _is_net(text: str) -> bool:
    try:
        parse_net(text)
    except ValueError:
        return False
    return True
