"""What is told about the networks of a service specification's pods besides the edits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calico_core.findings import Severity, in_order
from calico_core.json.pointers import token
from calico_core.spans import Lines
from calico_migrate.package.rules import (
    blanks_in_network_labels,
    container_networks,
    misplaced_network,
    other_service_network,
    ports_on_virtual_network,
    refused_network_labels,
    service_on_dcos6,
    yaml_alias_in_networks,
)
from calico_migrate.package.specification import networks as service_spec_networks
from calico_migrate.package.specification import yaml_places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from calico_core.findings import Finding
    from calico_core.rules import Rule
    from calico_migrate.mustache.rendering import Origin
    from calico_migrate.mustache.tokens import Span, Text
    from calico_migrate.network_map import NetworkMap
    from calico_migrate.package.specification.networks import NetworkKey, Pod
    from calico_migrate.package.specification.views import View
    from calico_migrate.package.specification.yaml_places import Node

# The one network that the SDK maps ports on.
_BRIDGE = "mesos-bridge"
_OWN_PLACES = re.compile(r"/pods/[^/]*/(?:container/)?networks(?:/<<(?:/\d+)?)*")
_KNOWN_ROOTS = ("/name", "/web-url", "/scheduler", "/pods", "/plans")


class Findings:
    """Collects findings by offset in one text; the same rule at the same place is told once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[tuple[str, int], tuple[int, Finding]] = {}

    def add(
        self,
        rule: Rule,
        message: str,
        offset: int,
        *,
        pointer: str | None = None,
        hint: str = "",
        severity: Severity | None = None,
    ) -> None:
        """Note a finding at an offset of the text."""
        finding = rule.finding(message, hint=hint, pointer=pointer, severity=severity)
        self._found.setdefault((rule.id, offset), (offset, finding))

    def sorted(self) -> tuple[Finding, ...]:
        """The findings with line and column, in order."""
        lines = Lines(self._text)
        placed: list[Finding] = []
        for offset, finding in sorted(self._found.values(), key=lambda item: item[0]):
            place = lines.position(offset)
            placed.append(finding._replace(line=place.line, column=place.column))
        return tuple(in_order(placed))


def check_pods(view: View, pods: Iterable[Pod], network_map: NetworkMap, findings: Findings) -> None:
    """The findings about the pods of one rendering."""
    for pod in pods:
        _check_shape(view, pod, network_map, findings)
        for key in pod.networks:
            offset = _offset(key.origin)
            if offset is None:
                continue
            _check_name(key, offset, network_map, findings)
            _check_ports(key, offset, findings)
            _check_labels(view, key, offset, findings)
    _check_aliases(view, pods, findings)


def _check_name(key: NetworkKey, offset: int, network_map: NetworkMap, findings: Findings) -> None:
    literal = key.origin is not None and not key.origin.tags
    if key.in_container:
        findings.add(
            container_networks.RULE,
            f"pod {key.pod} has its networks below container, which SDK 0.31.0 and newer ignores:"
            " with those the pod is on the host's network",
            offset,
            pointer=key.pointer,
            hint="Move networks up to the pod if the pod is to be on the network.",
        )
    if not literal or key.name in network_map.names or key.name in network_map.names.values():
        return
    if key.name == "dcos6":
        findings.add(
            service_on_dcos6.RULE,
            f"pod {key.pod} stays on dcos6: Calico on DC/OS has no IPv6",
            offset,
            pointer=key.pointer,
            hint="Plan for this pod by itself.",
        )
    elif key.name not in (_BRIDGE, ""):
        findings.add(
            other_service_network.RULE,
            f"pod {key.pod} is on {key.name}, which is not in the map and stays",
            offset,
            pointer=key.pointer,
            hint=f"If it moves too, add --map {key.name}=NEW.",
        )


def _check_ports(key: NetworkKey, offset: int, findings: Findings) -> None:
    if key.name == _BRIDGE:
        return
    fed = key.origin is not None and key.origin.tags
    name = "{{" + key.origin.names[0] + "}}" if key.origin is not None and fed else key.name
    message = ports_on_virtual_network.problem(name, key.settings)
    if message is not None:
        findings.add(
            ports_on_virtual_network.RULE,
            message + (", unless it is mesos-bridge" if fed else ""),
            offset,
            pointer=key.pointer,
            hint="Remove host-ports and container-ports: the pod has an address of its own.",
            severity=Severity.WARNING if fed else None,
        )


def _check_labels(view: View, key: NetworkKey, offset: int, findings: Findings) -> None:
    labels = yaml_places.child(key.settings, "labels")
    if labels is None or yaml_places.is_null(labels):
        return
    origin = view.rendering.origin(labels.start_mark.index, labels.end_mark.index)
    at = _offset(origin)
    at = offset if at is None else at
    pointer = f"{key.pointer}/labels"
    if labels.id != "scalar":
        findings.add(
            refused_network_labels.RULE,
            "the SDK refuses these labels: they are one text, key:value pairs with commas between them",
            at,
            pointer=pointer,
            hint='Write them as "key:value,key:value".',
        )
        return
    if origin.tags:
        # What an option puts there is not known here.
        return
    refused = refused_network_labels.problem(labels.value)
    if refused is not None:
        findings.add(
            refused_network_labels.RULE,
            refused,
            at,
            pointer=pointer,
            hint="Write key:value pairs with nothing but commas between them, each key once.",
        )
    blanks = blanks_in_network_labels.problem(labels.value)
    if blanks is not None:
        findings.add(
            blanks_in_network_labels.RULE,
            blanks,
            at,
            pointer=pointer,
            hint="Remove the blanks: a policy that selects the label would not match.",
        )


def _check_shape(view: View, pod: Pod, network_map: NetworkMap, findings: Findings) -> None:
    """Networks and labels that stand beside ``networks`` instead of below it."""
    networks = next((value for key, value in yaml_places.entries(pod.node) if key.value == "networks"), None)
    if networks is None:
        return
    known = {*network_map.names, *network_map.names.values(), _BRIDGE}
    for key, _ in yaml_places.entries(pod.node):
        origin = view.rendering.origin(key.start_mark.index, key.end_mark.index)
        offset = _offset(origin)
        if offset is None:
            continue
        fed = any("NETWORK" in name.upper() for name in origin.names)
        if fed or key.value in known or key.value == "labels":
            what = "labels" if key.value == "labels" else "a network"
            findings.add(
                misplaced_network.RULE,
                f"pod {pod.name} has {what} beside networks instead of below; the SDK ignores it"
                + (", and the pod is on the host's network" if yaml_places.is_null(networks) else ""),
                offset,
                pointer=f"{pod.pointer}/{token(key.value)}",
                hint="Indent it below the networks of the pod.",
            )
    if networks.id != "mapping" and not yaml_places.is_null(networks):
        offset = _offset(view.rendering.origin(networks.start_mark.index, networks.end_mark.index))
        findings.add(
            misplaced_network.RULE,
            f"the networks of pod {pod.name} are no mapping of names, which the SDK refuses",
            offset or 0,
            pointer=f"{pod.pointer}/networks",
            hint="Write each network as a key below networks.",
        )


def _check_aliases(view: View, pods: Iterable[Pod], findings: Findings) -> None:
    if not _has_aliases(view):
        return
    for pod in pods:
        for pointer, key, networks in service_spec_networks.networks_keys(pod):
            aliased = networks.start_mark.index < key.start_mark.index
            merged = yaml_places.is_mapping(networks) and any(
                inner.value == "<<" for inner, _ in yaml_places.entries(networks)
            )
            offset = _offset(view.rendering.origin(key.start_mark.index, key.end_mark.index))
            if (merged or aliased) and offset is not None:
                findings.add(
                    yaml_alias_in_networks.RULE,
                    f"the networks of pod {pod.name} come from a YAML alias, which the SDK does not resolve",
                    offset,
                    pointer=pointer,
                    hint="Write the networks out at each pod.",
                )


def aliased_elsewhere(view: View, keys: Sequence[NetworkKey]) -> Iterator[Span]:
    """The names in the template whose mapping an alias also brings to a place where it is no network."""
    if not _has_aliases(view) or view.document.root is None:
        return
    names = {
        id(key.node): key.origin.span
        for key in keys
        if key.origin is not None and key.origin.span is not None
    }
    holders = {
        id(mapping): [names[id(node)] for node, _ in yaml_places.entries(mapping) if id(node) in names]
        for mapping in _mappings(view.document.root)
    }
    holders = {holder: spans for holder, spans in holders.items() if spans}
    for holder, pointers in yaml_places.uses(view.document.root, set(holders)).items():
        if any(
            pointer.startswith(_KNOWN_ROOTS) and _OWN_PLACES.fullmatch(pointer) is None
            for pointer in pointers
        ):
            yield from holders[holder]


def _has_aliases(view: View) -> bool:
    return "*" in view.rendering.text and "&" in view.rendering.text


def _mappings(root: Node) -> Iterator[Node]:
    pending, seen = [root], set[int]()
    while pending:
        node = pending.pop()
        if id(node) in seen or node.id == "scalar":
            continue
        seen.add(id(node))
        if node.id == "mapping":
            yield node
            pending += [value for _, value in node.value]
        else:
            pending += node.value


def _offset(origin: Origin | None) -> int | None:
    """Where something stands in the template, None where it has no place there."""
    if origin is None:
        return None
    starts = [span.start for span in origin.spans[:1]] + [tag.start for tag in origin.tags[:1]]
    return min(starts, default=None)


def ranges(text: str, parts: Sequence[Text]) -> Iterator[tuple[int, int]]:
    """Parts of a template, without outer blanks, joined where only blanks and tags are between them."""
    start = end = -1
    for part in sorted(parts):
        first = part.start + len(part.text) - len(part.text.lstrip())
        last = part.start + len(part.text.rstrip())
        if end >= 0 and not re.sub(r"\{\{.*?\}\}+|\s", "", text[end:first]):
            end = last
            continue
        if end >= 0:
            yield start, end
        start, end = first, last
    if end >= 0:
        yield start, end
