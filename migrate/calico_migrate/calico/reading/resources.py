"""The Calico resources of a file, as calicoctl reads them, with everything that it would refuse.

Source: projectcalico/calicoctl v3.14.0 ``calicoctl/resourcemgr/resourcemgr.go`` and
``calicoctl/util/yaml/separator.go``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from calico_core.spans import Lines
from calico_migrate.calico.preamble import without_preamble
from calico_migrate.calico.reading.decoding import Decoder
from calico_migrate.calico.reading.documents import documents
from calico_migrate.calico.reading.problems import Problem, article, to_findings
from calico_migrate.calico.reading.resource import Locator, Resource
from calico_migrate.calico.reading.scalars import resolve
from calico_migrate.calico.reading.types import Anything, Record
from calico_migrate.calico.reading.yaml_tree import Mapping, Node, Scalar, Sequence, YamlError, compose
from calico_migrate.calico.rules import (
    invalid_document,
    invalid_kind,
    invalid_yaml,
    printed_by_calicoctl,
    unchecked_kind,
    value_read_differently,
)
from calico_migrate.calico.validation import API_VERSION, KINDS, OTHER_KINDS, kind_of
from calico_migrate.calico.validation.kind import Kind, Subject
from calico_migrate.calico.validation.metadata import LIST_META, OBJECT_META, check_metadata

if TYPE_CHECKING:
    from calico_core.findings import Finding, Severity
    from calico_core.json.pointers import Path
    from calico_core.rules import Rule

# A key in another case is the file's own, and no warning that stands before it.
_RESOURCE_KEY = r"(?i:\W*(?:apiVersion|kind|metadata|spec|items)\W*:)"
_KUBERNETES_POLICIES = ("networking.k8s.io/", "extensions/")
_KUBERNETES_HINT = (
    f"write 'apiVersion: {API_VERSION}', selector for podSelector (a == 'b' for matchLabels: {{a: b}}),"
    " types for policyTypes, and in each rule action: Allow with protocol, source.selector or source.nets for"
    " from, destination.selector or destination.nets for to, and destination.ports for ports"
)


class Reading(NamedTuple):
    """What a file holds: its resources, refused ones included, and what is wrong with them.

    ``unread`` is the first of the problems for which a part of the file is no YAML at all.
    """

    text: str
    resources: list[Resource]
    problems: list[Problem]
    unread: Problem | None = None

    @property
    def findings(self) -> list[Finding]:
        """The problems with lines and columns, in order."""
        return to_findings(self.text, self.problems)


def read(text: str) -> Reading:
    """Reads a file of resources: YAML with any number of documents, or JSON.

    Nothing is raised for anything that stands in the file.
    """
    return _Reader(text).read()


def read_resources(text: str) -> list[Resource]:
    """The resources of a file; those that Calico would refuse have ``valid`` false."""
    return read(text).resources


def validate(text: str) -> list[Finding]:
    """What Calico 3.14 would refuse or read differently, in the order of the places.

    The file is valid when no finding's rule starts with ``invalid-``.
    """
    return read(text).findings


class _Reader:
    def __init__(self, text: str) -> None:
        preamble = without_preamble(text)
        printed = preamble.lines and not any(re.match(_RESOURCE_KEY, line) for line in preamble.lines)
        self.text = preamble.text if printed else text
        self.lines = Lines(self.text)
        self.resources: list[Resource] = []
        self.problems: list[Problem] = []
        self.unread: Problem | None = None
        if printed:
            message = "what stands before the resources, as calicoctl prints it, is no part of them"
            hint = "remove it where the file is kept"
            self.problems.append(Problem(printed_by_calicoctl.RULE, message, hint, 0, ()))

    def read(self) -> Reading:
        found = False
        for number, (start, end, lost) in enumerate(documents(self.text)):
            self._check_separator(*lost)
            chunk = self.text[start:end]
            try:
                node = compose(chunk, start)
                empty = node is None or (isinstance(node, Scalar) and resolve(node) is None)
            except YamlError as error:
                self._add(
                    invalid_yaml.RULE, (), f"this is no YAML that calicoctl reads: {error.message}", error
                )
                self.unread = self.unread or self.problems[-1]
                found = True
                continue
            if node is None or empty:
                continue
            found = True
            self._document(node, number)
        if not found:
            self.problems.append(
                Problem(
                    invalid_document.RULE, "the file holds no resource", "add one, or remove the file", 0, ()
                )
            )
        return Reading(self.text, self.resources, self.problems, self.unread)

    def _check_separator(self, start: int, end: int) -> None:
        rest = self.text[start:end].strip()
        if rest and not rest.startswith("#"):
            self.problems.append(
                Problem(
                    value_read_differently.RULE,
                    "calicoctl reads nothing of a line that begins with '---'",
                    "begin what stands there in a line of its own",
                    start,
                    (),
                )
            )

    def _add(self, rule: Rule, path: Path, message: str, place: Node | YamlError, hint: str = "") -> None:
        self.problems.append(Problem(rule, message, hint, place.offset, path))

    def _document(self, node: Node, number: int) -> None:
        if isinstance(node, Sequence):
            for index, item in enumerate(node.items):
                self._resource(item, number, (index,), Decoder(coerce=False))
        else:
            self._resource(node, number, (), Decoder())

    def _resource(self, node: Node, number: int, prefix: Path, decoder: Decoder, inside: str = "") -> None:
        """One resource or typed list; ``inside`` is the kind of the list that it is an item of."""
        if not isinstance(node, Mapping):
            self._add(invalid_document.RULE, prefix, "a resource is a mapping, and this is none", node)
            return
        kind_name, version = self._type_of(node)
        if not kind_name:
            self._add(
                invalid_document.RULE,
                prefix,
                "the document has no 'kind', so that it is no resource",
                node,
                "add 'kind', spelled in lower case, and 'apiVersion: projectcalico.org/v3'",
            )
            return
        listed = kind_name.removesuffix("List") if kind_name.endswith("List") else ""
        known = (
            kind_name in KINDS
            or kind_name in OTHER_KINDS
            or (not inside and (listed in KINDS or listed in OTHER_KINDS))
        )
        if version != API_VERSION or not known or (inside and kind_name != inside):
            self._unknown(node, prefix, kind_name, version, inside)
        elif kind_name in OTHER_KINDS or listed in OTHER_KINDS:
            self._add(
                unchecked_kind.RULE,
                (*prefix, "kind"),
                f"the contents of {article(kind_name)} are not checked here",
                node,
            )
        elif listed:
            self._list(node, number, prefix, decoder, listed)
        else:
            self._decode(node, number, prefix, decoder, kind_of(kind_name))

    def _type_of(self, node: Mapping) -> tuple[str, str]:
        values = {"kind": "", "apiVersion": ""}
        for entry in Decoder().entries(node, ()):
            if entry.key in values and isinstance(entry.value, Scalar):
                try:
                    value = resolve(entry.value)
                except YamlError:
                    continue
                values[entry.key] = value if isinstance(value, str) else ""
        return values["kind"], values["apiVersion"]

    def _unknown(self, node: Node, prefix: Path, kind: str, version: str, inside: str) -> None:
        hint = ""
        everything = sorted(KINDS | OTHER_KINDS)
        near = next((name for name in everything if name.lower() == kind.lower()), "")
        if inside and kind != inside:
            message = f"{article(kind[:60])} cannot stand in {article(inside)}List"
        elif kind == "List" and self._holds_kubernetes(node):
            message = "this is a list of Kubernetes policies, which neither calicoctl nor DC/OS reads"
            hint = _KUBERNETES_HINT
        elif kind == "List":
            message = "calicoctl refuses a general list"
            hint = "use the list of one kind, such as NetworkPolicyList, or several documents"
        elif kind.startswith("NetworkPolicy") and version.startswith(_KUBERNETES_POLICIES):
            message = f"this is a Kubernetes {kind[:60]}, which neither calicoctl nor DC/OS reads"
            hint = _KUBERNETES_HINT
        elif version != API_VERSION:
            shown = f"the apiVersion '{version[:60]}'" if version else "no apiVersion"
            message = f"calicoctl knows no {kind[:60]} with {shown}"
            hint = f"write 'apiVersion: {API_VERSION}'"
        elif near:
            message = f"calicoctl knows no kind '{kind[:60]}'"
            hint = f"it is spelled '{near}'"
        else:
            message = f"calicoctl 3.14 knows no kind '{kind[:60]}'"
            hint = f"the kinds are {', '.join(sorted(KINDS))}"
        path = "apiVersion" if version != API_VERSION and not inside else "kind"
        self.problems.append(
            Problem(invalid_kind.RULE, message, hint, Locator(node).offset((path,)), (*prefix, path))
        )

    def _holds_kubernetes(self, node: Node) -> bool:
        """Whether a general list, as kubectl prints it, has a policy of Kubernetes among its first items."""
        entries = Decoder().entries(node, ()) if isinstance(node, Mapping) else []
        items = next((entry.value for entry in entries if entry.key == "items"), None)
        return isinstance(items, Sequence) and any(
            isinstance(item, Mapping) and self._type_of(item)[1].startswith(_KUBERNETES_POLICIES)
            for item in items.items[:20]
        )

    def _list(self, node: Mapping, number: int, prefix: Path, decoder: Decoder, kind: str) -> None:
        record = Record(
            f"{kind}List",
            {"kind": Anything(), "apiVersion": Anything(), "metadata": LIST_META, "items": Anything()},
        )
        decoder.decode(node, record, prefix)
        self.problems.extend(decoder.problems)
        for entry in decoder.entries(node, prefix):
            if record.field(entry.key) != "items":
                continue
            if isinstance(entry.value, Sequence):
                for index, item in enumerate(entry.value.items):
                    self._resource(item, number, (*prefix, "items", index), Decoder(), kind)
            elif not (isinstance(entry.value, Scalar) and not entry.value.text):
                self._add(invalid_document.RULE, (*prefix, "items"), "'items' must be a list", entry.value)

    def _decode(self, node: Mapping, number: int, prefix: Path, decoder: Decoder, kind: Kind) -> None:
        record = Record(
            kind.name,
            {"kind": Anything(), "apiVersion": Anything(), "metadata": OBJECT_META, "spec": kind.spec},
        )
        values = decoder.decode(node, record, prefix) or {}
        metadata, spec = values.get("metadata") or {}, values.get("spec") or {}
        resource = Resource(kind.name, metadata, spec, number, node, prefix, self.lines)
        problems = decoder.problems
        refused = {problem.path for problem in problems if problem.refuses}

        def report(rule: Rule, path: Path, message: str, hint: str, severity: Severity | None) -> None:
            whole = resource.path(*path)
            # What could not be read at all has been told already.
            if whole not in refused:
                problems.append(Problem(rule, message, hint, resource.offset(*path), whole, severity))

        subject = Subject(metadata, spec, report, listed="items" in prefix)
        check_metadata(subject, kind)
        kind.check(subject)
        resource.refusal = next((one for one in problems if one.refuses), None)
        self.problems.extend(problems)
        self.resources.append(resource)
