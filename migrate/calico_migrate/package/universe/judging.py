"""What the tool tells about a package: what the rules say of it and of its plan, by part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.findings import by_part
from calico_core.rules import checks
from calico_migrate.package.universe.apps import judge_apps
from calico_migrate.package.universe.subject import EditedPackage, Package, WiredPackage

if TYPE_CHECKING:
    from calico_core.findings import Finding
    from calico_core.rules import Findings
    from calico_migrate.package.sdk import SdkVersion
    from calico_migrate.package.specification.variables import SpecificationFacts
    from calico_migrate.package.universe.plan import PackagePlan

_RULES = "calico_migrate.package.rules"


def judge(
    plan: PackagePlan, facts: SpecificationFacts | None, sdk_version: SdkVersion | None = None
) -> dict[str, list[Finding]]:
    """All findings about a package, by the name of the part."""
    found = by_part(_without_marks(each, plan) for each in _findings(plan, facts, sdk_version))
    return {str(part): findings for part, findings in found.items()}


def _without_marks(finding: Finding, plan: PackagePlan) -> Finding:
    """A finding whose words name what the marks stand for, such as in the name of a variable."""
    if plan.marker is None or f"{finding.message}{finding.hint}{finding.pointer}".isascii():
        return finding
    put_back = plan.marker.put_back
    return finding._replace(
        message=put_back(finding.message),
        hint=put_back(finding.hint),
        pointer=finding.pointer and put_back(finding.pointer),
    )


def _findings(
    plan: PackagePlan, facts: SpecificationFacts | None, sdk_version: SdkVersion | None
) -> Findings:
    package = Package(plan, facts, sdk_version)
    for check in checks(_RULES, Package):
        yield from check(package)
    specification_changes = facts is not None and facts.literal
    if plan.trace is not None or plan.options or specification_changes:
        wired = WiredPackage(plan, facts, sdk_version)
        for look in checks(_RULES, WiredPackage):
            yield from look(wired)
        yield from judge_apps(plan)
        if plan.changed or specification_changes:
            edited = EditedPackage(plan, facts, sdk_version)
            for tell in checks(_RULES, EditedPackage):
                yield from tell(edited)
