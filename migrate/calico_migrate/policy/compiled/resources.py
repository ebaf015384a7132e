"""Calico's policies, profiles and network sets in the form in which flows are decided.

`compiling` makes them from their JSON form. The order of policies is that of projectcalico/felix v3.14.0
``calc/policy_sorter.go``.
"""

# No annotations as texts here: `NamedTuple` would compile each at every start.
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, TypeAlias

from calico_migrate.calico.selectors.selector import Selector
from calico_migrate.policy.cluster.addresses import AddressSpan

Nets: TypeAlias = tuple[AddressSpan, ...]

NAMESPACE_LABEL = "projectcalico.org/namespace"
ORCHESTRATOR_LABEL = "projectcalico.org/orchestrator"
DEFAULT_NAMESPACE = "default"

PROTOCOL_NUMBERS = {"ICMP": 1, "TCP": 6, "UDP": 17, "ICMPv6": 58, "SCTP": 132, "UDPLite": 136}
"""The names that a rule may give a protocol, as Calico spells them, and their IANA numbers."""

PORT_PROTOCOLS = frozenset((6, 17, 132))
"""The protocols for which a rule may name ports: TCP, UDP and SCTP."""

ICMP_PROTOCOLS = frozenset((1, 58))
"""The protocols that have a type and a code: ICMP and ICMPv6."""

ACTIONS = ("Allow", "Deny", "Log", "Pass")

# Felix compares the keys of the datastore, where every name but those of these two prefixes gets another.
_UNPREFIXED = ("knp.default.", "ossg.default.")


class ResourceError(ValueError):
    """A resource that Calico 3.14 would refuse; ``place`` is the path of the field within it."""

    def __init__(self, message: str, place: str) -> None:
        super().__init__(f"{place}: {message}" if place else message)
        self.message = message
        self.place = place


class HostPort(NamedTuple):
    """A port to which a HostEndpoint gives a name; ``protocol`` is an IANA number."""

    name: str
    protocol: int
    number: int


class NamedPort(NamedTuple):
    """What a name among a rule's ports stands for: a port of some addresses (see `naming`)."""

    name: str
    protocol: int
    number: int
    nets: Nets


class Entity(NamedTuple):
    """The source or the destination of a rule.

    ``selectors`` must all match one endpoint or network set that has the packet's address; None where the
    rule has none. ``ports`` are inclusive ranges, None where the rule names no port at all. ``names`` and
    ``not_names`` are ports that are written as names, ``named`` and ``not_named`` what these stand for:
    nothing where no HostEndpoint has such a port.
    """

    selectors: tuple[Selector, ...] | None
    not_selector: Selector | None
    nets: tuple[AddressSpan, ...]
    not_nets: tuple[AddressSpan, ...]
    ports: tuple[tuple[int, int], ...] | None
    not_ports: tuple[tuple[int, int], ...]
    names: tuple[str, ...] = ()
    not_names: tuple[str, ...] = ()
    named: tuple[NamedPort, ...] = ()
    not_named: tuple[NamedPort, ...] = ()

    @property
    def open(self) -> bool:
        """Whether any address matches, whatever the port."""
        return (
            self.selectors is None
            and self.not_selector is None
            and not (self.nets or self.not_nets or self.named or self.not_named)
        )

    def has_number(self, port: int | None) -> bool:
        """Whether a port is one of the numbers that must match, or any would."""
        return self.ports is None or (
            port is not None and any(first <= port <= last for first, last in self.ports)
        )

    def at_port(self, protocol: int, port: int | None) -> tuple[Nets | None, Nets]:
        """Who must have the address of a packet with this port, None for anybody; and who must not."""
        wanted = None if self.has_number(port) else _nets_of(self.named, protocol, port)
        return wanted, _nets_of(self.not_named, protocol, port)


def _nets_of(named: tuple[NamedPort, ...], protocol: int, port: int | None) -> Nets:
    if not named:
        return ()
    return tuple(net for one in named if (one.protocol, one.number) == (protocol, port) for net in one.nets)


class Icmp(NamedTuple):
    """An ICMP type and code; None stands for any."""

    type: int | None
    code: int | None


class Rule(NamedTuple):
    """A rule of a policy or a profile; ``written`` is its JSON form."""

    action: str
    ip_version: int | None
    protocol: int | None
    not_protocol: int | None
    icmp: Icmp | None
    not_icmp: Icmp | None
    source: Entity
    destination: Entity
    written: Mapping[str, Any]

    def near(self, direction: str) -> Entity:
        """What is asked of the endpoint's own address."""
        return self.destination if direction == "ingress" else self.source

    def far(self, direction: str) -> Entity:
        """What is asked of the peer's address."""
        return self.source if direction == "ingress" else self.destination


class Policy(NamedTuple):
    """A NetworkPolicy or GlobalNetworkPolicy. ``order`` is None where it comes last."""

    kind: str
    name: str
    namespace: str | None
    order: float | None
    selectors: tuple[Selector, ...]
    ingress: tuple[Rule, ...] | None
    egress: tuple[Rule, ...] | None
    written: Mapping[str, Any]

    @property
    def title(self) -> str:
        """The kind and the name, which is what a trace says."""
        return f"{self.kind}/{self.name}"

    def rules(self, direction: str) -> tuple[Rule, ...] | None:
        """The rules of a direction; None where the policy's ``types`` leave the direction out."""
        return self.ingress if direction == "ingress" else self.egress

    def selects(self, labels: Mapping[str, str]) -> bool:
        """Whether an endpoint with these labels is under this policy."""
        return all(selector.matches(labels) for selector in self.selectors)


class Profile(NamedTuple):
    """A profile: its rules, and the labels that its endpoints inherit."""

    name: str
    ingress: tuple[Rule, ...]
    egress: tuple[Rule, ...]
    labels: Mapping[str, str]

    @property
    def title(self) -> str:
        """What a trace says."""
        return f"Profile/{self.name}"

    def rules(self, direction: str) -> tuple[Rule, ...]:
        """The rules of a direction."""
        return self.ingress if direction == "ingress" else self.egress


class AddressSet(NamedTuple):
    """Addresses that the selectors of rules find by labels, though no workload has them.

    They are a NetworkSet's or GlobalNetworkSet's nets, or a HostEndpoint's ``expectedIPs``; ``profiles`` are
    the names of those whose labels a HostEndpoint inherits (see `inheriting`), ``ports`` those to which it
    gives names. Source: projectcalico/felix v3.14.0 ``labelindex/named_port_index.go``.
    """

    kind: str
    name: str
    labels: Mapping[str, str]
    nets: tuple[AddressSpan, ...]
    profiles: tuple[str, ...] = ()
    ports: tuple[HostPort, ...] = ()

    @property
    def title(self) -> str:
        """What messages call it."""
        return f"{self.kind}/{self.name}"


ADDRESS_KINDS = ("NetworkSet", "GlobalNetworkSet", "HostEndpoint")
"""The kinds that are compiled to address sets."""


def inheriting(sets: Iterable[AddressSet], profiles: Mapping[str, Profile]) -> tuple[AddressSet, ...]:
    """The sets with the labels of their profiles added; their own win."""
    return tuple(
        one._replace(
            labels=inherited_labels(
                one.labels, [profiles[name].labels for name in one.profiles if name in profiles]
            )
        )
        for one in sets
    )


def inherited_labels(own: Mapping[str, str], profiles: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """An endpoint's labels: an own one wins over a profile's, and an earlier profile's over a later one's.

    Source: projectcalico/felix v3.14.0 ``labelindex/label_inheritance_index.go``.
    """
    labels: dict[str, str] = {}
    for inherited in profiles:
        labels = {**inherited, **labels}
    return {**labels, **own}


def in_order(policies: Iterable[Policy]) -> list[Policy]:
    """The policies as Felix applies them: by order, one without it last, then by the datastore's key."""
    return sorted(policies, key=_sorting_key)


def _sorting_key(policy: Policy) -> tuple[bool, float, str]:
    name = policy.name if policy.name.startswith(_UNPREFIXED) else f"default.{policy.name}"
    key = name if policy.namespace is None else f"{policy.namespace}/{name}"
    return policy.order is None, policy.order or 0.0, key
