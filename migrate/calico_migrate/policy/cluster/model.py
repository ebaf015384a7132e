"""A cluster as policies see it: endpoints, policies in order, profiles, and where addresses lie."""

# No annotations as texts here: `NamedTuple` would compile each at every start.
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from calico_migrate.calico.selectors.selector import Selector
from calico_migrate.policy.answering.deciding import Chain
from calico_migrate.policy.answering.possible import may_be_open
from calico_migrate.policy.cluster.addresses import AddressSpan, Cutter
from calico_migrate.policy.cluster.peers import Peer, Peers
from calico_migrate.policy.cluster.ports import Port, Vip
from calico_migrate.policy.cluster.scenario import endpoint_labels
from calico_migrate.policy.cluster.site import DEFAULT_NETWORK, Site
from calico_migrate.policy.cluster.workloads import Workload
from calico_migrate.policy.compiled.compiling import compile_address_set, compile_policy, compile_profile
from calico_migrate.policy.compiled.naming import named
from calico_migrate.policy.compiled.resources import (
    ADDRESS_KINDS,
    AddressSet,
    Policy,
    Profile,
    Rule,
    in_order,
    inheriting,
)

FELIX_VXLAN_PORT = 4789
"""Felix' own default (projectcalico/felix v3.14.0 ``config/config_params.go``)."""


class Party(NamedTuple):
    """One side of a flow.

    ``kind`` is ``calico`` for a Calico endpoint, ``overlay``, ``bridge``, ``host`` or ``unknown`` for any
    other workload, ``address`` for an address that no known app has, ``tunnel`` for an agent's tunnel
    address, and ``vip``. ``spans`` are the addresses that it may have; ``labels`` those by which selectors
    find it and ``profiles`` its profiles, both empty for all but Calico endpoints. ``problem`` says what is
    wrong with it.
    """

    name: str
    kind: str
    spans: tuple[AddressSpan, ...]
    network: str = ""
    labels: Mapping[str, str] = {}
    profiles: tuple[Profile | str, ...] = ()
    ports: tuple[Port, ...] = ()
    workload: Workload | None = None
    vip: Vip | None = None
    problem: str = ""

    @property
    def on_calico(self) -> bool:
        """Whether it is a Calico endpoint."""
        return self.kind == "calico"


class Resources(NamedTuple):
    """Compiled resources; the policies are in the order in which they apply.

    ``vxlan_port`` is that of the FelixConfiguration ``default``, None where it names none.
    """

    policies: tuple[Policy, ...]
    profiles: Mapping[str, Profile]
    address_sets: tuple[AddressSet, ...]
    vxlan_port: int | None = None

    def rules(self) -> Iterator[Rule]:
        """Every rule there is."""
        for policy in self.policies:
            yield from policy.ingress or ()
            yield from policy.egress or ()
        for profile in self.profiles.values():
            yield from profile.ingress
            yield from profile.egress

    def nets(self) -> set[AddressSpan]:
        """Every net that a rule or an address set names."""
        found = {net for address_set in self.address_sets for net in address_set.nets}
        for rule in self.rules():
            for entity in (rule.source, rule.destination):
                found.update(entity.nets, entity.not_nets)
        return found

    def selectors(self) -> list[tuple[Selector, ...]]:
        """Every selection of endpoints, each once: of policies and of rules."""
        found: dict[tuple[Selector, ...], None] = {}
        for policy in self.policies:
            found[policy.selectors] = None
        for rule in self.rules():
            for entity in (rule.source, rule.destination):
                if entity.selectors is not None:
                    found[entity.selectors] = None
                if entity.not_selector is not None:
                    found[entity.not_selector,] = None
        return list(found)


def compile_resources(documents: Iterable[Mapping[str, Any]]) -> Resources:
    """The resources that matter to flows; of several with one kind, namespace and name the last one counts.

    Other kinds are passed over. Raises ResourceError for one that cannot be understood.
    """
    policies: dict[tuple[str, str | None, str], Policy] = {}
    profiles: dict[str, Profile] = {}
    sets: dict[tuple[Any, Any, str], AddressSet] = {}
    vxlan_port: int | None = None
    for document in documents:
        kind = document.get("kind")
        if kind in ("NetworkPolicy", "GlobalNetworkPolicy"):
            policy = compile_policy(document)
            policies[policy.kind, policy.namespace, policy.name] = policy
        elif kind == "Profile":
            profile = compile_profile(document)
            profiles[profile.name] = profile
        elif kind in ADDRESS_KINDS:
            address_set = compile_address_set(document)
            sets[kind, document["metadata"].get("namespace"), address_set.name] = address_set
        elif kind == "FelixConfiguration" and document["metadata"].get("name") == "default":
            vxlan_port = document["spec"].get("vxlanPort")
    address_sets = inheriting(sets.values(), profiles)
    return Resources(
        tuple(named(policy, address_sets) for policy in in_order(policies.values())),
        {name: named(profile, address_sets) for name, profile in profiles.items()},
        address_sets,
        vxlan_port,
    )


class Model:
    """Everything that is known of a cluster, ready to be asked.

    ``parties`` are the workloads by id; ``notes`` say what had to be assumed. ``vxlan_port`` is the UDP port
    to which Felix lets no workload speak, in every mode.
    """

    def __init__(self, resources: Resources, workloads: Sequence[Workload], site: Site) -> None:
        self.resources = resources
        self.site = site
        self.workloads = workloads
        self.notes: list[str] = []
        # What DC/OS puts into Felix' environment counts more than a FelixConfiguration.
        configured = site.vxlan_port if site.vxlan_port is not None else resources.vxlan_port
        self.vxlan_port = FELIX_VXLAN_PORT if configured is None else configured
        self._cutter = Cutter(resources.nets())
        self._open_rules: list[Rule] | None = None
        self._implicit: dict[tuple[str, str], Profile] = {}
        self.parties: dict[str, Party] = {}
        for workload in workloads:
            if workload.id in self.parties:
                self.notes.append(
                    f"{workload.path}:{workload.line}: {workload.id} is defined again; this one counts"
                )
            self.parties[workload.id] = self._party(workload)

    def pieces(self, spans: Sequence[AddressSpan]) -> list[AddressSpan]:
        """The spans, cut so that every net of the resources has all of a piece or nothing of it."""
        return self._cutter.pieces(spans)

    def peers(self, *parties: tuple[Party, tuple[AddressSpan, ...]]) -> tuple[Peers, list[int]]:
        """Several parties with the addresses that they may have, as peers, and each one's part of them."""
        peers: list[Peer] = []
        parts: list[int] = []
        for party, spans in parties:
            pieces = self.pieces(spans)
            labels = (party.labels,) if party.on_calico else ()
            parts.append(((1 << len(pieces)) - 1) << len(peers))
            peers += [Peer(piece, labels) for piece in pieces]
        return Peers(peers, self.resources.address_sets), parts

    def chain(self, direction: str, party: Party) -> Chain:
        """What is asked about the packets of a Calico endpoint."""
        return Chain(
            direction,
            [
                policy
                for policy in self.resources.policies
                if policy.rules(direction) is not None and policy.selects(party.labels)
            ],
            party.profiles,
        )

    def open_rules(self) -> list[Rule]:
        """The rules that name what a question may leave open: a source port, a type or code of ICMP."""
        if self._open_rules is None:
            self._open_rules = [rule for rule in self.resources.rules() if may_be_open(rule)]
        return self._open_rules

    def backends(self, vip: Vip) -> list[tuple[Party, Port]]:
        """The workloads' ports behind a VIP."""
        return [(party, port) for party in self.parties.values() for port in party.ports if vip in port.vips]

    def vips(self) -> list[Vip]:
        """Every VIP that a workload declares, each once."""
        return list(
            dict.fromkeys(vip for party in self.parties.values() for port in party.ports for vip in port.vips)
        )

    def _party(self, workload: Workload) -> Party:
        network = next((name for name in workload.networks if name in self.site.calico), None)
        if network is None:
            return self._other_party(workload)
        labels = workload.labels(network)
        where = f"{workload.path}:{workload.line}"
        if labels.problem:
            self.notes.append(f"{where}: {workload.id}: {labels.problem}")
        profile = self._profile(network, workload.runtime)
        inherited = [] if isinstance(profile, str) else [profile.labels]
        return Party(
            workload.id,
            "calico",
            self.site.calico[network],
            network,
            endpoint_labels(labels.arrived, inherited, runtime=workload.runtime),
            (profile,),
            workload.ports(network),
            workload,
            problem=labels.problem,
        )

    def _other_party(self, workload: Workload) -> Party:
        site = self.site
        ports = workload.ports(None)
        if workload.mode != "container":
            return Party(workload.id, workload.mode, site.agents, ports=ports, workload=workload)
        network = workload.networks[0]
        spans = tuple(span for name in workload.networks for span in site.overlays.get(name, ()))
        if any(name in site.overlays for name in workload.networks):
            return Party(
                workload.id, "overlay", spans or site.agents, network, ports=ports, workload=workload
            )
        self.notes.append(
            f"{workload.path}:{workload.line}: {workload.id} is on the network {network}, which is no overlay"
            " and no Calico network that is known here; if it is one of Calico's, give its pool with --pools"
        )
        return Party(workload.id, "unknown", site.agents, network, ports=ports, workload=workload)

    def _profile(self, network: str, runtime: str) -> Profile | str:
        """The profile of a network's endpoints: the given one, else the one that comes to be by itself.

        UCR's plugin takes the network's name, Docker's the one that the pool names. Sources: dcos/dcos
        packages/calico/extra/profile.yaml (the default profile), projectcalico/cni-plugin v3.14.0
        ``pkg/plugin/plugin.go``:386-425 and mesosphere/libnetwork-plugin v1.1.3-2-d2iq
        ``driver/network_driver.go``:337-361 (what the plugins create where there is none).
        """
        name = self.site.profiles.get(network, network) if runtime == "docker" else network
        given = self.resources.profiles.get(name)
        if given is not None:
            return given
        known = self._implicit.get((name, runtime))
        if known is None:
            known = compile_profile(_implicit_profile(name, runtime))
            self._implicit[name, runtime] = known
            if name != DEFAULT_NETWORK:
                self.notes.append(
                    f"no profile {name} is given; assumed is the one that the plugin for"
                    f" {'Docker' if runtime == 'docker' else 'UCR'} creates"
                )
        return known


def _implicit_profile(name: str, runtime: str) -> dict[str, Any]:
    spec: dict[str, Any] = {
        "ingress": [{"action": "Allow"}],
        "egress": [{"action": "Allow"}],
        "labelsToApply": {name: ""},
    }
    if name != DEFAULT_NETWORK:
        spec["ingress"] = [{"action": "Allow", "source": {"selector": f"has({name})"}}]
        if runtime == "docker":
            del spec["labelsToApply"]
    return {"kind": "Profile", "metadata": {"name": name}, "spec": spec}
