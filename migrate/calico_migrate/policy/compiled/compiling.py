"""Compiles Calico's policies, profiles and network sets from their JSON form.

The meaning is that of Calico 3.14: projectcalico/libcalico-go dda4a7964ffa ``lib/backend/syncersv1/
updateprocessors/rules.go`` (namespacing of rule selectors) and ``lib/clientv3/globalnetworkpolicy.go``
(default of ``types``). What cannot be understood is refused with its place; the whole of what Calico would
refuse is `calico_migrate.calico`'s to say.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from calico_migrate.calico.selectors.parsing import parse
from calico_migrate.calico.selectors.tokens import SelectorError
from calico_migrate.policy.cluster.addresses import parse_net
from calico_migrate.policy.compiled.resources import (
    ACTIONS,
    DEFAULT_NAMESPACE,
    NAMESPACE_LABEL,
    PROTOCOL_NUMBERS,
    AddressSet,
    Entity,
    HostPort,
    Icmp,
    Policy,
    Profile,
    ResourceError,
    Rule,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from calico_migrate.calico.selectors.selector import Selector
    from calico_migrate.policy.cluster.addresses import AddressSpan


def compile_policy(document: Mapping[str, Any]) -> Policy:
    """A NetworkPolicy or GlobalNetworkPolicy. Raises ResourceError where Calico would refuse it."""
    kind = document.get("kind")
    metadata = _mapping(document, "metadata")
    name = _text(metadata, "name", "metadata.")
    spec = _mapping(document, "spec")
    namespace = None
    if kind == "NetworkPolicy":
        namespace = _text(metadata, "namespace", "metadata.") or DEFAULT_NAMESPACE
    elif kind != "GlobalNetworkPolicy":
        raise ResourceError(f"{kind!r} is no kind of policy", "kind")
    order = spec.get("order")
    if order is not None and (isinstance(order, bool) or not isinstance(order, int | float)):
        raise ResourceError(f"{order!r} is no number", "spec.order")
    ingress = _rules(spec, "ingress", namespace)
    egress = _rules(spec, "egress", namespace)
    types = _types(spec, has_ingress=bool(ingress), has_egress=bool(egress))
    if namespace is None and (spec.get("doNotTrack") is True or spec.get("preDNAT") is True):
        # Felix hands these to host endpoints only (projectcalico/felix v3.14.0 calc/event_sequencer.go).
        types = ()
    return Policy(
        kind,
        name,
        namespace,
        order,
        _policy_selectors(spec, namespace),
        ingress if "Ingress" in types else None,
        egress if "Egress" in types else None,
        document,
    )


def compile_profile(document: Mapping[str, Any]) -> Profile:
    """A Profile. Raises ResourceError where Calico would refuse it."""
    name = _text(_mapping(document, "metadata"), "name", "metadata.")
    spec = _mapping(document, "spec")
    labels = _labels(spec.get("labelsToApply"), "spec.labelsToApply")
    return Profile(name, _rules(spec, "ingress", None), _rules(spec, "egress", None), labels)


def compile_address_set(document: Mapping[str, Any]) -> AddressSet:
    """A NetworkSet, GlobalNetworkSet or HostEndpoint. Raises ResourceError where Calico would refuse it."""
    kind = document["kind"]
    metadata, spec = _mapping(document, "metadata"), _mapping(document, "spec")
    name = _text(metadata, "name", "metadata.")
    labels = dict(_labels(metadata.get("labels"), "metadata.labels"))
    if kind == "HostEndpoint":
        profiles = tuple(str(profile) for profile in _list(spec, "profiles", "spec"))
        nets = _nets(spec, "expectedIPs", "spec")
        return AddressSet(kind, name, labels, nets, profiles, _host_ports(spec))
    if kind == "NetworkSet":
        labels[NAMESPACE_LABEL] = _text(metadata, "namespace", "metadata.") or DEFAULT_NAMESPACE
    return AddressSet(kind, name, labels, _nets(spec, "nets", "spec"))


def _host_ports(spec: Mapping[str, Any]) -> tuple[HostPort, ...]:
    found = []
    for index, written in enumerate(_list(spec, "ports", "spec")):
        place = f"spec.ports[{index}]"
        if not isinstance(written, dict):
            raise ResourceError("must be a mapping", place)
        protocol, number = _protocol(written, "protocol", place), written.get("port")
        if protocol is None:
            raise ResourceError("a named port must have a protocol", f"{place}.protocol")
        if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= 65535:
            raise ResourceError(f"{number!r} is no port", f"{place}.port")
        found.append(HostPort(_text(written, "name", f"{place}."), protocol, number))
    return tuple(found)


def _types(spec: Mapping[str, Any], *, has_ingress: bool, has_egress: bool) -> Sequence[str]:
    types = _list(spec, "types", "spec")
    for index, value in enumerate(types):
        if value not in ("Ingress", "Egress"):
            raise ResourceError(f"{value!r} is neither Ingress nor Egress", f"spec.types[{index}]")
    if types:
        return types
    if not has_egress:
        return ("Ingress",)
    return ("Ingress", "Egress") if has_ingress else ("Egress",)


def _policy_selectors(spec: Mapping[str, Any], namespace: str | None) -> tuple[Selector, ...]:
    selectors: list[Selector] = []
    written = _text(spec, "selector", "spec.")
    if namespace is not None:
        selectors.append(_in_namespace(namespace))
    elif _text(spec, "namespaceSelector", "spec."):
        selectors.append(_namespace_selector(spec, "spec"))
        # Calico replaces all() in the whole text, so that it no longer means host endpoints as well.
        written = written and str(_parsed(written, "spec.selector")).replace(
            "all()", f"has({NAMESPACE_LABEL})"
        )
    if written:
        selectors.append(_parsed(written, "spec.selector"))
    account = _text(spec, "serviceAccountSelector", "spec.")
    if account:
        selectors.append(_parsed(account, "spec.serviceAccountSelector", "pcsa."))
    return tuple(selectors)


def _namespace_selector(holder: Mapping[str, Any], place: str) -> Selector:
    """Calico asks for the labels of namespaces with a prefix, and means by all() every workload."""
    place = f"{place}.namespaceSelector"
    text = str(_parsed(holder["namespaceSelector"], place, "pcns."))
    return _parsed(text.replace("all()", f"has({NAMESPACE_LABEL})"), place)


def _in_namespace(namespace: str) -> Selector:
    return _parsed(f'{NAMESPACE_LABEL} == "{namespace}"', "metadata.namespace")


def _rules(spec: Mapping[str, Any], direction: str, namespace: str | None) -> tuple[Rule, ...]:
    return tuple(
        _rule(written, f"spec.{direction}[{index}]", namespace)
        for index, written in enumerate(_list(spec, direction, "spec"))
    )


def _rule(written: Any, place: str, namespace: str | None) -> Rule:
    if not isinstance(written, dict):
        raise ResourceError("a rule must be a mapping", place)
    action = written.get("action")
    if action not in ACTIONS:
        raise ResourceError(f"the action {action!r} is none of {', '.join(ACTIONS)}", f"{place}.action")
    version = written.get("ipVersion")
    if version not in (None, 4, 6):
        raise ResourceError(f"{version!r} is neither 4 nor 6", f"{place}.ipVersion")
    return Rule(
        action,
        version,
        _protocol(written, "protocol", place),
        _protocol(written, "notProtocol", place),
        _icmp(written, "icmp", place),
        _icmp(written, "notICMP", place),
        _entity(written, "source", place, namespace),
        _entity(written, "destination", place, namespace),
        written,
    )


def _entity(rule: Mapping[str, Any], field: str, place: str, namespace: str | None) -> Entity:
    holder = _mapping(rule, field, place)
    place = f"{place}.{field}"
    selectors: list[Selector] = []
    by_namespace = bool(_text(holder, "namespaceSelector", place + "."))
    accounts = holder.get("serviceAccounts")
    if accounts is not None:
        selectors += _service_accounts(accounts, f"{place}.serviceAccounts")
    if _text(holder, "selector", place + "."):
        selectors.append(_parsed(holder["selector"], f"{place}.selector"))
    not_selector = None
    if _text(holder, "notSelector", place + "."):
        not_selector = _parsed(holder["notSelector"], f"{place}.notSelector")
    if by_namespace:
        selectors.append(_namespace_selector(holder, place))
    elif namespace is not None and (selectors or not_selector is not None):
        selectors.append(_in_namespace(namespace))
    ports, names = _ports(holder, "ports", place)
    not_ports, not_names = _ports(holder, "notPorts", place)
    return Entity(
        tuple(selectors) or None,
        not_selector,
        _nets(holder, "nets", place),
        _nets(holder, "notNets", place),
        tuple(ports) if ports or names else None,
        tuple(not_ports),
        tuple(names),
        tuple(not_names),
    )


def _service_accounts(accounts: Any, place: str) -> list[Selector]:
    if not isinstance(accounts, dict):
        raise ResourceError("must be a mapping", place)
    selectors = []
    if _text(accounts, "selector", place + "."):
        selectors.append(_parsed(accounts["selector"], f"{place}.selector", "pcsa."))
    names = _list(accounts, "names", place)
    if names:
        inside = ", ".join(f"'{name}'" for name in names)
        selectors.append(_parsed(f"projectcalico.org/serviceaccount in {{{inside}}}", f"{place}.names"))
    return selectors


def _protocol(rule: Mapping[str, Any], field: str, place: str) -> int | None:
    value = rule.get(field)
    if value is None:
        return None
    number = PROTOCOL_NUMBERS.get(value) if isinstance(value, str) else value
    if number is None and isinstance(value, str) and value.isascii() and value.isdigit():
        number = int(value)
    if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= 255:
        names = ", ".join(PROTOCOL_NUMBERS)
        raise ResourceError(f"the protocol {value!r} is none of {names}, nor 1 to 255", f"{place}.{field}")
    return number


def _icmp(rule: Mapping[str, Any], field: str, place: str) -> Icmp | None:
    value = rule.get(field)
    if value is None:
        return None
    if not isinstance(value, dict):
        raise ResourceError("must be a mapping", f"{place}.{field}")
    for part in ("type", "code"):
        number = value.get(part)
        if number is not None and (isinstance(number, bool) or not isinstance(number, int)):
            raise ResourceError(f"{number!r} is no number", f"{place}.{field}.{part}")
    return Icmp(value.get("type"), value.get("code"))


def _ports(holder: Mapping[str, Any], field: str, place: str) -> tuple[list[tuple[int, int]], list[str]]:
    """The ranges and the named ports of a list of ports."""
    ranges: list[tuple[int, int]] = []
    names: list[str] = []
    for index, value in enumerate(_list(holder, field, place)):
        if isinstance(value, int) and not isinstance(value, bool):
            first = last = value
        elif isinstance(value, str):
            low, colon, high = value.partition(":")
            if not (low.isascii() and low.isdigit() and (not colon or (high.isascii() and high.isdigit()))):
                if colon or not value:
                    raise ResourceError(f"{value!r} is no port", f"{place}.{field}[{index}]")
                names.append(value)
                continue
            first, last = int(low), int(high if colon else low)
        else:
            raise ResourceError(f"{value!r} is no port", f"{place}.{field}[{index}]")
        if not 0 <= first <= last <= 65535:
            raise ResourceError(f"{value!r} is no port or range of ports", f"{place}.{field}[{index}]")
        ranges.append((first, last))
    return ranges, names


def _nets(holder: Mapping[str, Any], field: str, place: str) -> tuple[AddressSpan, ...]:
    nets = []
    for index, text in enumerate(_list(holder, field, place)):
        try:
            nets.append(parse_net(text))
        except ValueError:  # noqa: PERF203 - the place must be told
            raise ResourceError(f"{text!r} is no CIDR", f"{place}.{field}[{index}]") from None
    return tuple(nets)


@lru_cache(maxsize=4096)
def _compiled(text: str, label_prefix: str) -> Selector:
    """A selector, compiled once for all the rules that have it."""
    return parse(text, label_prefix=label_prefix)


def _parsed(text: str, place: str, label_prefix: str = "") -> Selector:
    try:
        return _compiled(text, label_prefix)
    except SelectorError as error:
        raise ResourceError(f"the selector is invalid at {error}", place) from None


def _labels(value: Any, place: str) -> dict[str, str]:
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise ResourceError("must be a mapping of texts", place)
    return value


def _mapping(holder: Mapping[str, Any], field: str, place: str = "") -> Mapping[str, Any]:
    value = holder.get(field)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ResourceError("must be a mapping", f"{place}.{field}" if place else field)
    return value


def _list(holder: Mapping[str, Any], field: str, place: str) -> list[Any]:
    value = holder.get(field)
    if value is None:
        return []
    if not isinstance(value, list):
        raise ResourceError("must be a list", f"{place}.{field}")
    return value


def _text(holder: Mapping[str, Any], field: str, place: str) -> str:
    value = holder.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ResourceError(f"{value!r} is no text", f"{place}{field}")
    return value
