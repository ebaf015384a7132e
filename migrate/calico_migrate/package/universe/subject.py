"""What the rules of packages look at: one package with its plan, in three kinds.

Every package is a `Package`; one that sets up a network is a `WiredPackage` too, and one that is edited (or
whose service specification is) an `EditedPackage`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.json.pointers import keys_of
from calico_core.spans import Lines
from calico_migrate.package.universe import parts

if TYPE_CHECKING:
    from calico_core.findings import Finding, Severity
    from calico_core.rules import Rule
    from calico_migrate.package.sdk import SdkVersion
    from calico_migrate.package.specification.variables import SpecificationFacts
    from calico_migrate.package.universe.plan import PackagePlan
    from calico_migrate.package.universe.schema import Option


class Package:
    """One package: its content, its plan, and what is known of it from the framework's source.

    ``facts`` are those of its service specifications, ``sdk_version`` is the SDK that the source tree names;
    both are None where they are not at hand.
    """

    def __init__(
        self, plan: PackagePlan, facts: SpecificationFacts | None, sdk_version: SdkVersion | None = None
    ) -> None:
        self.plan = plan
        self.content = plan.content
        self.facts = facts
        self.sdk_version = sdk_version

    @property
    def shown(self) -> str:
        """The package's name and version, as far as they are known."""
        return " ".join(part for part in (self.content.name or "the package", self.content.version) if part)

    @property
    def template_text(self) -> str:
        """The text of the template, empty without one."""
        return self.content.texts.get(parts.TEMPLATE, "")

    def finding(
        self,
        part: str,
        rule: Rule,
        message: str,
        *,
        hint: str = "",
        offset: int | None = None,
        pointer: str | None = None,
        severity: Severity | None = None,
    ) -> Finding:
        """A finding about a part; one that the package does not have gives way to another."""
        if part not in self.content.texts:
            part = next((name for name in parts.PARTS if name in self.content.texts), part)
            offset = pointer = None
        line = column = None
        if offset is not None:
            line, column = Lines(self.content.texts[part]).position(offset)
        return rule.finding(
            message, hint=hint, line=line, column=column, pointer=pointer, severity=severity, part=part
        )

    def at(self, option: Option) -> int | None:
        """The offset of an option's default in config.json, or of its declaration."""
        steps = keys_of(option.pointer)
        locator = self.content.locator(parts.CONFIG)
        try:
            return locator.start(steps if option.declared else steps[:-1]) if locator else None
        except (KeyError, IndexError):
            return None


class WiredPackage(Package):
    """A package that sets up a network, or whose service specification names an old one."""


class EditedPackage(Package):
    """A package that is edited, or whose service specification is: what follows for clusters."""
