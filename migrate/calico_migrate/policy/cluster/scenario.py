"""A scenario: endpoints with their addresses and labels, policies, profiles, and one flow.

It is what ``policy simulate --scenario`` reads and `evaluation.evaluate` answers::

    {"endpoints": [{"name": "server", "ip": "172.29.2.20", "labels": {"role": "server"},
                    "runtime": "UCR", "profiles": ["calico"], "namespace": "default"}],
     "policies": [{"apiVersion": "projectcalico.org/v3", "kind": "NetworkPolicy", …}],
     "profiles": [{"apiVersion": "projectcalico.org/v3", "kind": "Profile", …}],
     "flow": {"src_ip": "172.29.1.10", "dst_ip": "172.29.2.20", "protocol": "TCP", "dst_port": 80}}

``labels`` are those that arrive at the endpoint. A flow may have ``src_port``, ``icmp_type`` and
``icmp_code``; ``protocol`` is a name or a number. Profiles, NetworkSets and HostEndpoints, which are found by
their ``expectedIPs``, may stand among the policies. With
a ``vxlan_port``, what Felix drops from every workload (VXLAN to that port, IP in IP) is dropped here too.
"""

# No annotations as texts here: `NamedTuple` would compile each at every start.
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from calico_migrate.policy.answering.deciding import Packet
from calico_migrate.policy.cluster.addresses import AddressSpan, parse_address
from calico_migrate.policy.compiled.compiling import compile_address_set, compile_policy, compile_profile
from calico_migrate.policy.compiled.naming import named
from calico_migrate.policy.compiled.resources import (
    ADDRESS_KINDS,
    DEFAULT_NAMESPACE,
    NAMESPACE_LABEL,
    ORCHESTRATOR_LABEL,
    PROTOCOL_NUMBERS,
    AddressSet,
    Policy,
    Profile,
    ResourceError,
    in_order,
    inherited_labels,
    inheriting,
)

# The names that Calico knows, and those of the tunnels that Felix drops.
_PROTOCOLS = {name.lower(): number for name, number in PROTOCOL_NUMBERS.items()} | {"ipip": 4, "ipencap": 4}


class ScenarioError(ValueError):
    """A scenario that cannot be understood; ``place`` is the path of what is wrong in it."""

    def __init__(self, message: str, place: str) -> None:
        super().__init__(f"{place}: {message}" if place else message)
        self.message = message
        self.place = place


class Endpoint(NamedTuple):
    """A Calico endpoint; ``labels`` are its own, those that Calico adds and those of its profiles."""

    name: str
    address: AddressSpan
    labels: Mapping[str, str]
    profiles: tuple[str, ...]


class Flow(NamedTuple):
    """Where a packet comes from and goes to."""

    source: AddressSpan
    destination: AddressSpan
    packet: Packet


class Scenario(NamedTuple):
    """A scenario that has been understood; ``policies`` are in the order in which Felix applies them."""

    endpoints: tuple[Endpoint, ...]
    policies: tuple[Policy, ...]
    profiles: Mapping[str, Profile]
    address_sets: tuple[AddressSet, ...]
    flow: Flow
    vxlan_port: int | None


def read_scenario(scenario: Mapping[str, Any]) -> Scenario:
    """The scenario that a JSON object stands for. Raises ScenarioError with the place of what is wrong."""
    if not isinstance(scenario, dict):
        raise ScenarioError("a scenario must be an object", "")
    written_profiles = _objects(scenario, "profiles")
    policies: list[tuple[str, Mapping[str, Any]]] = []
    sets: list[tuple[str, Mapping[str, Any]]] = []
    for place, document in _objects(scenario, "policies"):
        if document.get("kind") == "Profile":
            written_profiles.append((place, document))
        elif document.get("kind") in ADDRESS_KINDS:
            sets.append((place, document))
        else:
            policies.append((place, document))
    profiles = {profile.name: profile for profile in _compiled(written_profiles, compile_profile)}
    address_sets = inheriting(_compiled(sets, compile_address_set), profiles)
    flow = scenario.get("flow")
    if not isinstance(flow, dict):
        raise ScenarioError("must be an object with src_ip, dst_ip and protocol", "flow")
    return Scenario(
        tuple(_endpoint(item, place, profiles) for place, item in _objects(scenario, "endpoints")),
        tuple(named(policy, address_sets) for policy in in_order(_compiled(policies, compile_policy))),
        {name: named(profile, address_sets) for name, profile in profiles.items()},
        address_sets,
        _flow(flow),
        _number(scenario, "vxlan_port", "", 65535),
    )


def parse_protocol(value: Any) -> int:
    """The number of a protocol given by its name (in any case) or number. Raises ValueError otherwise."""
    if isinstance(value, str):
        known = _PROTOCOLS.get(value.lower())
        if known is not None:
            return known
        value = int(value) if value.isascii() and value.isdigit() else None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 255:
        raise ValueError(f"no protocol: use one of {', '.join(PROTOCOL_NUMBERS)}, or a number up to 255")
    return value


def endpoint_labels(
    own: Mapping[str, str],
    profiles: Iterable[Mapping[str, str]],
    *,
    runtime: str,
    namespace: str = DEFAULT_NAMESPACE,
) -> dict[str, str]:
    """The labels by which selectors find an endpoint.

    The labels that Calico adds are the endpoint's own (projectcalico/libcalico-go
    ``lib/clientv3/workloadendpoint.go``).
    """
    labels = inherited_labels(own, profiles)
    labels[NAMESPACE_LABEL] = namespace
    labels[ORCHESTRATOR_LABEL] = "libnetwork" if runtime.upper() == "DOCKER" else "cni"
    return labels


def _objects(scenario: Mapping[str, Any], field: str) -> list[tuple[str, Mapping[str, Any]]]:
    value = scenario.get(field)
    if value is None:
        return []
    if not isinstance(value, list):
        raise ScenarioError("must be a list", field)
    for index, item in enumerate(value):
        if not isinstance(item, dict):
            raise ScenarioError("must be an object", f"{field}[{index}]")
    return [(f"{field}[{index}]", item) for index, item in enumerate(value)]


def _compiled(objects: Sequence[tuple[str, Mapping[str, Any]]], compiler: Callable[..., Any]) -> list[Any]:
    compiled = []
    for place, document in objects:
        try:
            compiled.append(compiler(document))
        except ResourceError as error:  # noqa: PERF203 - the place must be told
            raise ScenarioError(error.message, ".".join(filter(None, (place, error.place)))) from None
    return compiled


def _endpoint(item: Mapping[str, Any], place: str, profiles: Mapping[str, Profile]) -> Endpoint:
    names = item.get("profiles")
    if names is None:
        names = []
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ScenarioError("must be a list of names", f"{place}.profiles")
    own = item.get("labels")
    if own is None:
        own = {}
    if not isinstance(own, dict) or not all(isinstance(value, str) for value in own.values()):
        raise ScenarioError("must be an object of texts", f"{place}.labels")
    for field in ("name", "runtime", "namespace"):
        if not isinstance(item.get(field, ""), str):
            raise ScenarioError("must be a text", f"{place}.{field}")
    address = _address(item, "ip", f"{place}.")
    labels = endpoint_labels(
        own,
        [profiles[name].labels for name in names if name in profiles],
        runtime=item.get("runtime", ""),
        namespace=item.get("namespace", DEFAULT_NAMESPACE),
    )
    return Endpoint(item.get("name", item["ip"]), address, labels, tuple(names))


def _flow(flow: Mapping[str, Any]) -> Flow:
    try:
        protocol = parse_protocol(flow.get("protocol"))
    except ValueError as error:
        raise ScenarioError(f"{flow.get('protocol')!r} is {error}", "flow.protocol") from None
    packet = Packet(
        protocol,
        _number(flow, "src_port", "flow.", 65535),
        _number(flow, "dst_port", "flow.", 65535),
        _number(flow, "icmp_type", "flow.", 255),
        _number(flow, "icmp_code", "flow.", 255),
    )
    return Flow(_address(flow, "src_ip", "flow."), _address(flow, "dst_ip", "flow."), packet)


def _address(holder: Mapping[str, Any], field: str, place: str) -> AddressSpan:
    value = holder.get(field)
    try:
        if not isinstance(value, str):
            raise ValueError  # noqa: TRY301, TRY004 - told below, with its place
        return parse_address(value)
    except ValueError:
        raise ScenarioError(f"{value!r} is no IP address", place + field) from None


def _number(holder: Mapping[str, Any], field: str, place: str, most: int) -> int | None:
    value = holder.get(field)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise ScenarioError(f"{value!r} is no number from 0 to {most}", place + field)
    return value
