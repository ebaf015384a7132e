"""Checks Calico resources: what Calico would refuse, and what it takes but does not work on DC/OS.

The rules are the modules of `calico_migrate.policy.rules`, each with a function ``check(context)``; what
Calico refuses is `calico_migrate.calico`'s to say. Every resource is looked at in the light of all others and
of the workloads, where these are known.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from calico_core.report import FileError, FileReport
from calico_migrate.calico.reading.problems import Problem, to_findings
from calico_migrate.calico.reading.resources import read
from calico_migrate.policy.checking.context import Context, Item, PolicyItem
from calico_migrate.policy.compiled.compiling import compile_network_set, compile_policy, compile_profile
from calico_migrate.policy.compiled.resources import NetworkSet, Policy, Profile, ResourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from calico_core.findings import Severity
    from calico_core.rules import Rule
    from calico_migrate.calico.reading.problems import Path
    from calico_migrate.calico.reading.resource import Resource
    from calico_migrate.calico.reading.resources import Reading
    from calico_migrate.policy.cluster.site import Site
    from calico_migrate.policy.cluster.workloads import Workload

_CHECKS = (
    "duplicate_resource",
    "egress_without_dns",
    "egress_without_vips",
    "global_policy_selects_hosts",
    "http_match",
    "named_port",
    "namespace_selector",
    "not_selector_for_outsiders",
    "order_tie",
    "other_namespace",
    "overlay_labels",
    "redundant_deny",
    "rules_without_type",
    "selector_selects_nothing",
    "server_behind_proxy",
    "service_account",
    "shadowed_policy",
    "shadowed_rule",
)


def check(
    texts: Mapping[str, str] | Iterable[tuple[str, str]],
    workloads: Sequence[Workload] | None = None,
    addresses: Site | None = None,
) -> list[FileReport]:
    """One report for each file, in the order given.

    ``texts`` are paths with what the files hold. ``workloads`` are what policies are to select; without them
    nothing is said about what a selector selects. ``addresses`` are the cluster's ranges, DC/OS' defaults
    otherwise. A file that is not YAML at all has an error in its report; everything else is a finding.
    """
    from importlib import import_module

    files = list(texts.items()) if isinstance(texts, Mapping) else list(texts)
    readings = [read(text) for _, text in files]
    problems: list[list[Problem]] = [list(reading.problems) for reading in readings]

    def report(
        item: Item, rule: Rule, path: Path, message: str, hint: str, severity: Severity | None
    ) -> None:
        resource = item.resource
        problems[item.file].append(
            Problem(rule, message, hint, resource.offset(*path), resource.path(*path), severity)
        )

    context = _context(readings, workloads, addresses, report)
    for name in _CHECKS:
        import_module(f"calico_migrate.policy.rules.{name}").check(context)
    return [
        _file_report(path, reading, found)
        for (path, _), reading, found in zip(files, readings, problems, strict=True)
    ]


def _context(
    readings: Sequence[Reading],
    workloads: Sequence[Workload] | None,
    addresses: Site | None,
    report: Callable[[Item, Rule, Path, str, str, Severity | None], None],
) -> Context:
    from calico_migrate.policy.cluster.site import default_site

    items: list[Item] = []
    policies: list[PolicyItem] = []
    profiles: dict[str, Profile] = {}
    network_sets: list[NetworkSet] = []
    for number, reading in enumerate(readings):
        for resource in reading.resources:
            if not resource.valid:
                continue
            compiled = _compiled(resource)
            item = Item(number, resource, compiled)
            items.append(item)
            if isinstance(compiled, Policy):
                policies.append(PolicyItem(item, compiled))
            elif isinstance(compiled, Profile):
                profiles[compiled.name] = compiled
            elif compiled is not None:
                network_sets.append(compiled)
    site = addresses if addresses is not None else default_site()
    return Context(items, policies, profiles, network_sets, workloads, site, report)


def _compiled(resource: Resource) -> Policy | Profile | NetworkSet | None:
    document = resource.document
    try:
        if resource.kind in ("NetworkPolicy", "GlobalNetworkPolicy"):
            return compile_policy(document)
        if resource.kind == "Profile":
            return compile_profile(document)
        if resource.kind in ("NetworkSet", "GlobalNetworkSet"):
            return compile_network_set(document)
    except ResourceError as error:
        raise AssertionError(f"{resource!r} is valid and cannot be compiled: {error}") from error
    return None


def _file_report(path: str, reading: Reading, problems: list[Problem]) -> FileReport:
    error = None
    if reading.unread is not None:
        # A file that cannot be parsed is an error of the file, and told once.
        problems = [problem for problem in problems if problem is not reading.unread]
        (finding,) = to_findings(reading.text, [reading.unread])
        error = FileError(finding.message, finding.line, finding.column)
    return FileReport(path, "calico", findings=to_findings(reading.text, problems), error=error)
