"""What the tool tells about a package: what the rules say of it and of its plan, by part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.findings import by_part
from calico_core.rules import checks
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
    found = by_part(_findings(plan, facts, sdk_version))
    return {str(part): findings for part, findings in found.items()}


def _findings(
    plan: PackagePlan, facts: SpecificationFacts | None, sdk_version: SdkVersion | None
) -> Findings:
    for check in checks(_RULES, Package):
        yield from check(Package(plan, facts, sdk_version))
    specification_changes = facts is not None and facts.literal
    if plan.trace is not None or plan.options or specification_changes:
        for look in checks(_RULES, WiredPackage):
            yield from look(WiredPackage(plan, facts, sdk_version))
        if plan.changed or specification_changes:
            for tell in checks(_RULES, EditedPackage):
                yield from tell(EditedPackage(plan, facts, sdk_version))
