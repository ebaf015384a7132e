"""What the rules of ``policy check`` are given: resources, workloads, and where findings stand."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from calico_core.words import listed
from calico_migrate.calico.labels import sanitise
from calico_migrate.policy.cluster.addresses import Cutter
from calico_migrate.policy.cluster.model import Resources
from calico_migrate.policy.cluster.peers import Peer, Peers
from calico_migrate.policy.cluster.scenario import endpoint_labels
from calico_migrate.policy.compiled.label_index import LabelIndex
from calico_migrate.policy.compiled.resources import in_order

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from calico_core.findings import Finding, Severity
    from calico_core.json.pointers import Path
    from calico_core.rules import Rule as RuleId
    from calico_migrate.calico.reading.resource import Resource
    from calico_migrate.policy.cluster.addresses import AddressSpan
    from calico_migrate.policy.cluster.site import Site
    from calico_migrate.policy.cluster.workloads import Workload
    from calico_migrate.policy.compiled.resources import AddressSet, Policy, Profile, Rule

DIRECTIONS = ("ingress", "egress")

# What every container on the default network has.
_BARE = endpoint_labels({}, [{"calico": ""}], runtime="ucr")


class Item(NamedTuple):
    """A resource that Calico takes, and the number of its file; ``compiled`` is a policy, profile or set."""

    file: int
    resource: Resource
    compiled: Policy | Profile | AddressSet | None

    @property
    def title(self) -> str:
        """What messages call it."""
        return f"{self.resource.kind}/{self.resource.name}"


class PolicyItem(NamedTuple):
    """A policy with the resource that it stands in."""

    item: Item
    policy: Policy


class PlacedRule(NamedTuple):
    """A rule of a policy or profile, with its path in the resource's spec."""

    item: Item
    direction: str
    number: int
    rule: Rule

    @property
    def path(self) -> Path:
        """The path of the rule from the resource's root."""
        return ("spec", self.direction, self.number)


class Endpoint(NamedTuple):
    """A workload in one network.

    ``labels`` include Calico's own and the profile's; ``problem`` says why they are lost, where they are.
    ``written`` are what one may take them for: under UCR as they are written, under Docker as UCR would make
    them.
    """

    workload: Workload
    network: str
    labels: Mapping[str, str]
    profiles: tuple[str, ...]
    written: Mapping[str, str] = {}
    problem: str = ""


class Group(NamedTuple):
    """Endpoints that the same policies select, in the order in which these are asked."""

    chain: Sequence[PolicyItem]
    endpoints: Sequence[Endpoint]


class Context:
    """Everything that is checked together.

    ``endpoints`` are the workloads on Calico networks, ``elsewhere`` those that are not, with the labels that
    their definitions give them; both are None where no workloads are known.
    """

    def __init__(
        self,
        items: Sequence[Item],
        policies: Sequence[PolicyItem],
        profiles: Mapping[str, Profile],
        address_sets: Sequence[AddressSet],
        workloads: Sequence[Workload] | None,
        site: Site,
    ) -> None:
        self.items = items
        self.profiles = profiles
        self.address_sets = address_sets
        self.site = site
        by_identity = {id(entry.policy): entry for entry in policies}
        self.policies = [by_identity[id(policy)] for policy in in_order(entry.policy for entry in policies)]
        self._peers: dict[tuple[AddressSpan, ...], Peers] = {}
        self.endpoints: list[Endpoint] | None = None
        self.elsewhere: list[Endpoint] | None = None
        if workloads is not None:
            self._place(workloads)

    @staticmethod
    def finding(
        item: Item,
        rule: RuleId,
        path: Path,
        message: str,
        hint: str = "",
        *,
        severity: Severity | None = None,
    ) -> Finding:
        """A finding about the value at ``path`` of a resource; its part is the number of the file."""
        resource = item.resource
        line, column = resource.position(*path)
        return rule.finding(
            message,
            hint=hint,
            line=line,
            column=column,
            pointer=resource.pointer(*path),
            severity=severity,
            part=item.file,
        )

    def _place(self, workloads: Sequence[Workload]) -> None:
        self.endpoints, self.elsewhere = [], []
        for workload in workloads:
            for network in workload.networks or ("",):
                own = workload.labels(network)
                taken = own.written
                if workload.runtime == "docker" and not own.problem:
                    taken = sanitise(own.written, "ucr").labels or own.written
                calico = bool(network) and self._is_calico(network)
                profile = self.site.profiles.get(network, network)
                names = (profile,) if calico else ()
                inherited = [self._profile_labels(name) for name in names]
                arrived, written = (
                    endpoint_labels(labels, inherited, runtime=workload.runtime)
                    for labels in (own.arrived, taken)
                )
                place = self.endpoints if calico else self.elsewhere
                place.append(Endpoint(workload, network, arrived, names, written, own.problem))

    def _is_calico(self, network: str) -> bool:
        # A profile of the network's name says that it is one, whatever the pools are.
        return network in self.site.calico or network in self.profiles

    def _profile_labels(self, name: str) -> Mapping[str, str]:
        profile = self.profiles.get(name)
        # Both plugins and DC/OS itself make profiles that give the network's name as a label.
        return profile.labels if profile is not None else {name: ""}

    @cached_property
    def index(self) -> LabelIndex:
        """The labels of the endpoints, numbered as in ``endpoints``."""
        return LabelIndex([endpoint.labels for endpoint in self.endpoints or ()])

    @cached_property
    def hosts(self) -> list[AddressSet]:
        """The host endpoints."""
        return [one for one in self.address_sets if one.kind == "HostEndpoint"]

    @cached_property
    def host_index(self) -> LabelIndex:
        """The labels of the host endpoints, numbered as in ``hosts``."""
        return LabelIndex([one.labels for one in self.hosts])

    def hosts_of(self, policy: Policy) -> list[AddressSet]:
        """The host endpoints that a policy selects."""
        return [self.hosts[number] for number in self.host_index.matching(policy.selectors)]

    def is_for_hosts(self, policy: Policy) -> bool:
        """Whether a policy is meant for host endpoints: it selects one, or says so, and no known workload."""
        if not self.hosts_of(policy) and not (policy.written.get("spec") or {}).get("applyOnForward"):
            return False
        return not self.index.matching(policy.selectors) and not policy.selects(_BARE)

    def peers_at(self, *spans: AddressSpan) -> Peers:
        """Addresses that no workload has, in pieces that no net of a rule or set tells apart."""
        peers = self._peers.get(spans)
        if peers is None:
            pieces = [Peer(piece) for piece in self._cutter.pieces(spans)]
            peers = self._peers[spans] = Peers(pieces, self.address_sets)
        return peers

    @cached_property
    def _cutter(self) -> Cutter:
        return Cutter(
            Resources(
                tuple(entry.policy for entry in self.policies), self.profiles, tuple(self.address_sets)
            ).nets()
        )

    @cached_property
    def elsewhere_index(self) -> LabelIndex:
        """The labels of the workloads elsewhere, numbered as in ``elsewhere``."""
        return LabelIndex([endpoint.labels for endpoint in self.elsewhere or ()])

    @cached_property
    def address_set_index(self) -> LabelIndex:
        """The labels of the network sets, numbered as in ``address_sets``."""
        return LabelIndex([entry.labels for entry in self.address_sets])

    @cached_property
    def groups(self) -> Mapping[str, list[Group]]:
        """For each direction, the endpoints that at least one policy with it selects, by their policies."""
        return {direction: self._groups(direction) for direction in DIRECTIONS}

    def _groups(self, direction: str) -> list[Group]:
        endpoints = self.endpoints or []
        chain = [entry for entry in self.policies if entry.policy.rules(direction) is not None]
        everywhere: list[int] = []
        particular: list[list[int]] = [[] for _ in endpoints]
        for number, entry in enumerate(chain):
            selected = self.index.matching(entry.policy.selectors)
            if len(selected) == len(endpoints):
                everywhere.append(number)
                continue
            for position in selected:
                particular[position].append(number)
        alike: dict[tuple[int, ...], list[Endpoint]] = {}
        for endpoint, numbers in zip(endpoints, particular, strict=True):
            alike.setdefault(tuple(numbers), []).append(endpoint)
        return [
            Group([chain[number] for number in sorted((*everywhere, *numbers))], members)
            for numbers, members in alike.items()
            if everywhere or numbers
        ]

    def rules(self) -> Iterator[PlacedRule]:
        """Every rule of every policy and profile that is asked at all, policies in their order."""
        for entry in self.policies:
            for direction in DIRECTIONS:
                for index, rule in enumerate(entry.policy.rules(direction) or ()):
                    yield PlacedRule(entry.item, direction, index, rule)
        for item in self.items:
            if item.resource.kind == "Profile":
                profile = self.profiles.get(item.resource.name)
                for direction in DIRECTIONS:
                    for index, rule in enumerate(profile.rules(direction) if profile is not None else ()):
                        yield PlacedRule(item, direction, index, rule)


def names_of(endpoints: Sequence[Endpoint]) -> str:
    """Some workloads in words: at most three of them by their ids, in alphabetical order."""
    ids = sorted({endpoint.workload.id for endpoint in endpoints})
    if not ids:
        return "nothing"
    return listed(ids) if len(ids) <= 3 else f"{', '.join(ids[:2])} and {len(ids) - 2} others"
