"""The apps and pods of a snapshot, each with what the `marathon` engine plans and says about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.errors import InputError
from calico_core.findings import Severity
from calico_core.json import scanning
from calico_migrate.cluster import bodies, ids
from calico_migrate.cluster.edits import BodyEdit
from calico_migrate.cluster.planning.document import PlanFinding
from calico_migrate.marathon.parsed.fields import RUNTIME_FIELDS
from calico_migrate.marathon.result import Options
from calico_migrate.marathon.rewriting import rewrite

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from calico_core.findings import Finding
    from calico_migrate.cluster.ids import Kind
    from calico_migrate.cluster.planning.document import Roll
    from calico_migrate.cluster.planning.services import Rendered, Scheduler
    from calico_migrate.network_map import NetworkMap

_SEVERITIES = {severity.value: severity.rank for severity in Severity}


class Said(NamedTuple):
    """A finding about one definition, with the hint that the plan does not keep."""

    finding: PlanFinding
    hint: str


class Carried(NamedTuple):
    """What carries a definition that is no app itself.

    ``app`` is what restarts, ``scheduler`` what then restarts the tasks (None where the app is all there is),
    ``rendered`` what the app becomes, and ``roll`` what the scheduler does, None where the app's own counts.
    """

    app: Mapping[str, Any]
    scheduler: Scheduler | None
    rendered: tuple[Rendered, ...]
    roll: Roll | None


class Definition(NamedTuple):
    """An app, pod, job, package or pool: as it was answered, with its edits and what is said about it."""

    kind: Kind
    service: str
    id: str
    body: Mapping[str, Any]
    edits: tuple[BodyEdit, ...]
    said: tuple[Said, ...]
    carried: Carried | None = None

    @property
    def key(self) -> str:
        """Its key as an item."""
        return ids.key(self.service, self.id)

    @property
    def stripped(self) -> dict[str, Any]:
        """What is compared and sent of it."""
        return bodies.stripped(self.kind, self.body)

    @property
    def errors(self) -> list[Said]:
        """What forbids to move it."""
        return [each for each in self.said if each.finding.severity == Severity.ERROR.value]


def definitions(
    kind: Kind, service: str, text: str, network_map: NetworkMap, path: str
) -> Iterator[Definition]:
    """The definitions in ``{"apps": […]}`` or in an array of pods, in their order.

    Raises InputError where the text is something else.
    """
    value = _parsed(text, path)
    listed = value.get("apps") if kind == "app" and isinstance(value, dict) else value
    if not isinstance(listed, list):
        raise InputError(f"holds no list of {kind}s", path=path)
    prefix = "/apps/" if kind == "app" else "/"
    planned = rewrite(text, Options(network_map), prove=False, build=False)
    edits: dict[int, list[BodyEdit]] = {}
    for edit in sorted(planned.edits):
        if edit.rule and edit.pointer.startswith(prefix):
            index, below = _split(edit.pointer, prefix)
            edits.setdefault(index, []).append(BodyEdit(below, edit.old, edit.new, edit.rule))
    said: dict[int, list[Said]] = {}
    for finding in planned.findings:
        if finding.pointer is not None and finding.pointer.startswith(prefix):
            index, below = _split(finding.pointer, prefix)
            if below[1:].split("/")[0] not in RUNTIME_FIELDS:
                said.setdefault(index, []).append(_said(finding, below))
    for index, body in enumerate(listed):
        own = body.get("name" if kind == "edgelb-pool" else "id") if isinstance(body, dict) else None
        if not isinstance(own, str):
            raise InputError(f"holds at {prefix}{index} what is no {kind}", path=path)
        found = sorted(
            said.get(index, ()), key=lambda each: (-_SEVERITIES[each.finding.severity], each.finding)
        )
        yield Definition(kind, service, own, body, tuple(edits.get(index, ())), tuple(found))


def _parsed(text: str, path: str) -> Any:
    try:
        value, end = scanning.scan(text, scanning.begin(text))
        scanning.finish(text, end)
    except InputError as error:
        raise InputError(error.message, path=path, line=error.line, column=error.column) from None
    return value


def _split(pointer: str, prefix: str) -> tuple[int, str]:
    index, slash, below = pointer[len(prefix) :].partition("/")
    return int(index), slash + below


def _said(finding: Finding, below: str) -> Said:
    return Said(PlanFinding(finding.rule, finding.severity.value, finding.message, below), finding.hint)
