"""Drafts policies for apps: ingress denied by default, each declared port allowed, and the labels for it.

A policy finds an app by a label. Where an app has one that no other app has, it is used; otherwise the draft
counts on a label of its own, and a patch puts it where the app's runtime reads it: ``networks[].labels``
under UCR, ``container.docker.parameters`` under Docker (DC/OS docs, Calico, "Network policies").
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_config.facts.known_ranges import DNS_SPACE
from calico_core.json.pointers import pointer
from calico_migrate.calico.annotations import LABEL_PREFIX
from calico_migrate.marathon.parsed import attachments
from calico_migrate.policy.answering.wording import protocol_name
from calico_migrate.policy.compiled.resources import NAMESPACE_LABEL, ORCHESTRATOR_LABEL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from calico_migrate.policy.cluster.addresses import AddressSpan
    from calico_migrate.policy.cluster.model import Model, Party
    from calico_migrate.policy.cluster.ports import Port
    from calico_migrate.policy.cluster.workloads import Workload

LABEL = "marathon-app"
"""The label that the draft proposes; its value is the app's id without slashes."""

_TCP = 6
_HEALTH = "Marathon's own health checks, which come from the masters' tunnel addresses"
_DEFAULT_NAME = "default-deny"
_LONGEST = 63
_TELLING = ("app", "name", "service", "role")
_NAME_PREFIX = "app-"
# What ids may have that labels' values and policies' names may have too, at their ends as well.
_IN_LABEL = re.compile("[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_IN_NAME = re.compile("[a-z0-9]+")


class Draft(NamedTuple):
    """``policies`` is YAML; ``patches`` has an RFC 6902 patch for each file that needs one, by path.

    ``notes`` say which apps the draft leaves out, and why.
    """

    policies: str
    patches: dict[str, list[dict[str, Any]]]
    notes: list[str]


def draft(model: Model, *, egress: bool) -> Draft:
    """The draft for the workloads of a model."""
    from calico_templates import render

    parties = [party for party in model.parties.values() if party.on_calico]
    notes = [
        f"{party.name} is not on Calico, so that no policy can protect it"
        for party in model.parties.values()
        if not party.on_calico
    ]
    unique = _unique_labels(parties)
    identities = [party.name for party in parties]
    values = _names(identities, _IN_LABEL, ".")
    names = _names(identities, _IN_NAME, "-")
    patches: dict[str, list[dict[str, Any]]] = {}
    apps = []
    unlabelled: list[Party] = []
    for party in parties:
        label = unique.get(party.name)
        remark = ""
        if label is None:
            label = (LABEL, values[party.name])
            unlabelled.append(party)
            problem = _patch(party, label, patches)
            remark = f"; its label {LABEL} comes with the patch"
            if problem:
                notes.append(f"{party.name}: {problem}")
                remark = f"; give it the label {label[0]}={label[1]} yourself"
        if not any(port.number for port in party.ports):
            remark += "; it declares no fixed port, so that nothing reaches it"
        runtime = "Docker" if party.workload is not None and party.workload.runtime == "docker" else "UCR"
        selector = f"{label[0]} == '{label[1]}'"
        heading = f"{party.name} ({runtime}){remark}"
        own_name = _NAME_PREFIX + names[party.name]
        apps.append(_app(heading, selector, own_name, party.ports, model, _checked(party)))
    if any(port.number for party in unlabelled for port in party.ports):
        apps.append(_for_unlabelled(unlabelled, unique, model))
    policies = render(
        "policy/draft.yaml.mustache",
        {
            "egress": egress,
            "labels_needed": str(len(unlabelled)) if unlabelled else "",
            "default_name": _DEFAULT_NAME,
            "dns": DNS_SPACE,
            "vips": [{"net": net} for net in _cidrs(model.site.vips)],
            "apps": apps,
        },
    )
    return Draft(policies, patches, notes)


def _for_unlabelled(
    parties: Sequence[Party], unique: Mapping[str, tuple[str, str]], model: Model
) -> dict[str, Any]:
    """A policy for the time until the apps have their labels: without it the draft would cut them off."""
    others = sorted({f"{key} != '{value}'" for key, value in unique.values() if key != LABEL})
    selector = " && ".join([f"!has({LABEL})", *others])
    heading = "The apps that have not got their labels yet; remove this policy when all have them"
    ports = list(dict.fromkeys(port._replace(name="") for party in parties for port in party.ports))
    checked = [number for party in parties for number in _checked(party)]
    return _app(heading, selector, f"{_NAME_PREFIX}unlabelled", ports, model, checked)


def _checked(party: Party) -> tuple[int, ...]:
    """The ports of an app that Marathon asks for its health."""
    return party.workload.checked_ports(party.network) if party.workload is not None else ()


def _app(
    heading: str,
    selector: str,
    name: str,
    declared: Sequence[Port],
    model: Model,
    checked: Sequence[int] = (),
) -> dict[str, Any]:
    tunnels = [{"net": net} for net in _cidrs(model.site.tunnels)]
    by_protocol: dict[int, list[Port]] = {}
    for port in declared:
        if port.number is not None:
            by_protocol.setdefault(port.protocol, []).append(port)
    rules = [
        {"protocol": protocol_name(protocol), "ports": _numbers(ports)}
        for protocol, ports in by_protocol.items()
    ]
    vip_rules = [
        {
            "protocol": protocol_name(protocol),
            "names": ", ".join(dict.fromkeys(str(vip) for port in ports for vip in port.vips)),
            "nets": tunnels,
            "ports": _numbers([port for port in ports if port.vips]),
        }
        for protocol, ports in by_protocol.items()
        if tunnels and any(port.vips for port in ports)
    ]
    # What a VIP's rule already lets in is not said again.
    behind = {port.number for port in by_protocol.get(_TCP, ()) if port.vips}
    asked = [{"port": number} for number in dict.fromkeys(checked) if number not in behind]
    if tunnels and asked:
        vip_rules.append({"protocol": "TCP", "names": _HEALTH, "nets": tunnels, "ports": asked})
    return {
        "heading": heading,
        "name": name,
        "selector": selector,
        "rules": rules,
        "vip_rules": vip_rules,
    }


def _numbers(ports: Sequence[Port]) -> list[dict[str, int]]:
    return [{"port": number} for number in dict.fromkeys(port.number for port in ports) if number is not None]


def _unique_labels(parties: Sequence[Party]) -> dict[str, tuple[str, str]]:
    """For each app that has one, a label that no other app has; the proposed one first."""
    owners: dict[tuple[str, str], list[str]] = {}
    for party in parties:
        for label in party.labels.items():
            owners.setdefault(label, []).append(party.name)
    found: dict[str, tuple[str, str]] = {}
    for party in parties:
        own = [
            label
            for label in party.labels.items()
            if label[0] not in (NAMESPACE_LABEL, ORCHESTRATOR_LABEL) and label[1] and len(owners[label]) == 1
        ]
        # Names of apps make better selectors than what just happens to be different, such as a version.
        own.sort(key=_preference)
        if own:
            found[party.name] = own[0]
    return found


def _preference(label: tuple[str, str]) -> tuple[bool, bool, tuple[str, str]]:
    return label[0] != LABEL, label[0] not in _TELLING, label


def _names(identities: Sequence[str], allowed: re.Pattern[str], instead: str) -> dict[str, str]:
    """A name for each id, at most as long as a label's value may be, and different ones."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for identity in identities:
        name = instead.join(allowed.findall(identity if allowed is _IN_LABEL else identity.lower())) or "app"
        if len(name) > _LONGEST - len(_NAME_PREFIX) or name in taken:
            short = hashlib.sha256(identity.encode()).hexdigest()[:8]
            name = f"{name[: _LONGEST - len(_NAME_PREFIX) - 9].rstrip('.-')}-{short}"
        taken.add(name)
        found[identity] = name
    return found


def _patch(party: Party, label: tuple[str, str], patches: dict[str, list[dict[str, Any]]]) -> str:
    """Adds the operations that give an app its label; why there are none, where there cannot be."""
    workload = party.workload
    if workload is None or workload.kind == "job":
        return "the label must be added by hand"
    if workload.runtime == "docker":
        operations = _for_docker(workload, label)
    else:
        operations = _for_ucr(workload, party.network, label)
    if not operations:
        return "its definition has no place for a label that could be patched"
    patches.setdefault(workload.path, []).extend(operations)
    return ""


def _for_ucr(workload: Workload, network: str, label: tuple[str, str]) -> list[dict[str, Any]]:
    for name, attachment in zip(
        workload.networks, attachments.attachments(workload.kind, workload.value), strict=True
    ):
        if name != network or attachment.entry is None:
            continue
        place = pointer((*workload.place, *attachment.entry))
        # The whole attachment is tested, so that the patch fits this definition only.
        operations: list[dict[str, Any]] = [{"op": "test", "path": place, "value": dict(attachment.value)}]
        if isinstance(attachment.value.get("labels"), dict):
            operations.append({"op": "add", "path": f"{place}/labels/{label[0]}", "value": label[1]})
        else:
            operations.append({"op": "add", "path": f"{place}/labels", "value": {label[0]: label[1]}})
        return operations
    return []


def _for_docker(workload: Workload, label: tuple[str, str]) -> list[dict[str, Any]]:
    container = workload.value.get("container")
    docker = container.get("docker") if isinstance(container, dict) else None
    if not isinstance(docker, dict):
        return []
    place = pointer((*workload.place, "container", "docker"))
    added = {"key": "label", "value": f"{LABEL_PREFIX}{label[0]}={label[1]}"}
    parameters = docker.get("parameters")
    if isinstance(parameters, list):
        return [
            {"op": "test", "path": f"{place}/parameters", "value": parameters},
            {"op": "add", "path": f"{place}/parameters/-", "value": added},
        ]
    return [
        {"op": "test", "path": place, "value": docker},
        {"op": "add", "path": f"{place}/parameters", "value": [added]},
    ]


def _cidrs(spans: Sequence[AddressSpan]) -> list[str]:
    """The spans as CIDRs."""
    import ipaddress

    found: list[str] = []
    for span in spans:
        if span.version == 4:
            first, last = ipaddress.IPv4Address(span.first), ipaddress.IPv4Address(span.last)
            found += [str(net) for net in ipaddress.summarize_address_range(first, last)]
    return found
