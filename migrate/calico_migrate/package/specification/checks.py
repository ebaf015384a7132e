"""What is told about the networks of a service specification's pods besides the edits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calico_core.findings import in_order
from calico_core.rules import checks
from calico_core.spans import Lines
from calico_core.yaml.nodes import MAPPING, SCALAR
from calico_migrate.package.specification import yaml_places
from calico_migrate.package.specification.subject import KeySeen, PodSeen, offset_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from calico_core.findings import Finding
    from calico_core.spans import Span
    from calico_core.yaml.nodes import Node
    from calico_migrate.mustache.template import Text
    from calico_migrate.network_map import NetworkMap
    from calico_migrate.package.specification.networks import NetworkKey, Pod
    from calico_migrate.package.specification.views import View

_RULES = "calico_migrate.package.rules.pods"
_OWN_PLACES = re.compile(r"/pods/[^/]*/(?:container/)?networks(?:/<<(?:/\d+)?)*")
_KNOWN_ROOTS = ("/name", "/web-url", "/scheduler", "/pods", "/plans")


class Collected:
    """Findings about one text, by place; the same rule at the same place is told once."""

    def __init__(self, text: str) -> None:
        self.lines = Lines(text)
        self._found: dict[tuple[str, int | None, int | None], Finding] = {}

    def add(self, finding: Finding, offset: int, pointer: str | None = None) -> None:
        """Takes a finding at an offset of the text."""
        line, column = self.lines.position(offset)
        self.take(finding._replace(line=line, column=column, pointer=pointer))

    def take(self, finding: Finding) -> None:
        """Takes a finding that has its place."""
        self._found.setdefault((finding.rule, finding.line, finding.column), finding)

    def sorted(self) -> tuple[Finding, ...]:
        """The findings in order."""
        return tuple(in_order(list(self._found.values())))


def check_pods(view: View, pods: Iterable[Pod], network_map: NetworkMap, found: Collected) -> None:
    """The findings about the pods of one rendering."""
    of_pods = checks(_RULES, PodSeen)
    of_keys = checks(_RULES, KeySeen)
    for pod in pods:
        for check in of_pods:
            for finding in check(PodSeen(view, pod, network_map, found.lines)):
                found.take(finding)
        for key in pod.networks:
            offset = offset_of(key.origin)
            if offset is not None:
                seen = KeySeen(view, key, offset, network_map, found.lines)
                for look in of_keys:
                    for finding in look(seen):
                        found.take(finding)


def aliased_elsewhere(view: View, keys: Sequence[NetworkKey]) -> Iterator[Span]:
    """The names in the template whose mapping an alias also brings to a place where it is no network."""
    if not view.has_aliases or view.document.root is None:
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


def _mappings(root: Node) -> Iterator[Node]:
    pending, seen = [root], set[int]()
    while pending:
        node = pending.pop()
        if id(node) in seen or node.kind == SCALAR:
            continue
        seen.add(id(node))
        if node.kind == MAPPING:
            yield node
            pending += [value.resolved for _, value in node.children]
        else:
            pending += [item.resolved for item in node.children]


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
