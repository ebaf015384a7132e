"""Checks Calico resources: what Calico would refuse, and what it takes but does not work on DC/OS.

The rules are the modules of `calico_migrate.policy.rules`, found by walking it; what
Calico refuses is `calico_migrate.calico`'s to say. Every resource is looked at in the light of all others and
of the workloads, where these are known.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from calico_core.errors import InternalError
from calico_core.findings import by_part, in_order
from calico_core.report import FileError, FileReport
from calico_core.rules import checks
from calico_migrate.calico.reading.problems import to_findings
from calico_migrate.calico.reading.resources import read
from calico_migrate.policy.checking.context import Context, Item, PolicyItem
from calico_migrate.policy.compiled.compiling import compile_address_set, compile_policy, compile_profile
from calico_migrate.policy.compiled.naming import named
from calico_migrate.policy.compiled.resources import (
    ADDRESS_KINDS,
    AddressSet,
    Policy,
    Profile,
    ResourceError,
    inheriting,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from calico_core.findings import Finding
    from calico_migrate.calico.reading.resource import Resource
    from calico_migrate.calico.reading.resources import Reading
    from calico_migrate.policy.cluster.site import Site
    from calico_migrate.policy.cluster.workloads import Workload

_KIND = "calico"


def check(
    texts: Mapping[str, str] | Iterable[tuple[str, str]],
    workloads: Sequence[Workload] | None = None,
    addresses: Site | None = None,
) -> list[FileReport]:
    """One report for each file, in the order given.

    ``texts`` are paths with what the files hold. ``workloads`` are what policies are to select; without them
    nothing is said about what a selector selects. ``addresses`` are the cluster's ranges, DC/OS' defaults
    otherwise. A file that is not YAML at all, or shows a fault of the tool, has an error in its report;
    everything else is a finding.
    """
    files = list(texts.items()) if isinstance(texts, Mapping) else list(texts)
    readings = [_read(number, text) for number, (_, text) in enumerate(files)]
    items = [item for each in readings if isinstance(each, _Read) for item in each.items]
    context = _context(items, workloads, addresses)
    rules = checks("calico_migrate.policy.rules", Context)
    found = by_part(finding for look in rules for finding in look(context))
    return [
        _file_report(path, each.reading, found.get(number, []))
        if isinstance(each, _Read)
        else FileReport(path, _KIND, error=FileError.of(each))
        for number, ((path, _), each) in enumerate(zip(files, readings, strict=True))
    ]


class _Read(NamedTuple):
    """A file's resources, and those of them that Calico takes, compiled."""

    reading: Reading
    items: list[Item]


def _read(number: int, text: str) -> _Read | InternalError:
    """What a file holds; the net under each, so that the others are checked without it."""
    try:
        reading = read(text)
        items = [
            Item(number, resource, _compiled(resource)) for resource in reading.resources if resource.valid
        ]
    except Exception as error:
        return InternalError.of(error)
    return _Read(reading, items)


def _context(
    items: Sequence[Item],
    workloads: Sequence[Workload] | None,
    addresses: Site | None,
) -> Context:
    from calico_migrate.policy.cluster.site import default_site

    labels = {item.compiled.name: item.compiled for item in items if isinstance(item.compiled, Profile)}
    address_sets = inheriting(
        [item.compiled for item in items if isinstance(item.compiled, AddressSet)], labels
    )
    items = [_named(item, address_sets) for item in items]
    policies = [PolicyItem(item, item.compiled) for item in items if isinstance(item.compiled, Policy)]
    profiles = {item.compiled.name: item.compiled for item in items if isinstance(item.compiled, Profile)}
    site = addresses if addresses is not None else default_site()
    return Context(items, policies, profiles, address_sets, workloads, site)


def _named(item: Item, address_sets: Sequence[AddressSet]) -> Item:
    """A resource that knows whose ports its rules name."""
    compiled = item.compiled
    if isinstance(compiled, Policy):
        return item._replace(compiled=named(compiled, address_sets))
    if isinstance(compiled, Profile):
        return item._replace(compiled=named(compiled, address_sets))
    return item


def _compiled(resource: Resource) -> Policy | Profile | AddressSet | None:
    document = resource.document
    try:
        if resource.kind in ("NetworkPolicy", "GlobalNetworkPolicy"):
            return compile_policy(document)
        if resource.kind == "Profile":
            return compile_profile(document)
        if resource.kind in ADDRESS_KINDS:
            return compile_address_set(document)
    except ResourceError as error:
        raise AssertionError(f"{resource!r} is valid and cannot be compiled: {error}") from error
    return None


def _file_report(path: str, reading: Reading, findings: list[Finding]) -> FileReport:
    error = None
    problems = reading.problems
    if reading.unread is not None:
        # A file that cannot be parsed is an error of the file, and told once.
        problems = [problem for problem in problems if problem is not reading.unread]
        (finding,) = to_findings(reading.text, [reading.unread])
        error = FileError(finding.message, finding.line, finding.column)
    findings = in_order([*to_findings(reading.text, problems), *findings])
    return FileReport(path, _KIND, findings=findings, error=error)
