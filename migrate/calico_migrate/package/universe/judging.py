"""What the tool tells about a package: the findings that its plan gives rise to, by part."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calico_core.findings import Severity
from calico_core.json.pointers import keys_of
from calico_core.spans import Lines
from calico_migrate.package import names, sdk
from calico_migrate.package.rules import (
    config_missing,
    name_elsewhere,
    network_name_as_label,
    network_provider,
    never_renders,
    option_by_flow_only,
    option_goes_nowhere,
    option_key_twice,
    option_refuses_name,
    package_withdrawn,
)
from calico_migrate.package.universe import consequences, defects
from calico_migrate.package.universe import content as parts
from calico_migrate.package.universe.json_files import duplicates
from calico_migrate.package.universe.places import PlaceKind
from calico_migrate.package.universe.settings import all_flags
from calico_migrate.package.universe.tracing import as_app, with_resource

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_core.findings import Finding
    from calico_core.rules import Rule
    from calico_migrate.package.specification.variables import SpecificationFacts
    from calico_migrate.package.universe.plan import NetworkOption, PackagePlan
    from calico_migrate.package.universe.schema import Option

_WITHDRAWN = re.compile(r"9{3,}(?:\.|$)")
_TAG = re.compile(r"\{\{")


def is_withdrawn(package: Mapping[str, object]) -> bool:
    """Whether package.json takes the release out of every catalog (999, 9999)."""
    least = package.get("minDcosReleaseVersion")
    return isinstance(least, str) and _WITHDRAWN.match(least) is not None


class Judge:
    """Collects the findings of one package.

    ``findings`` maps a part's name to its findings. ``shown`` is how messages name the package.
    """

    def __init__(
        self,
        plan: PackagePlan,
        facts: SpecificationFacts | None,
        sdk_version: sdk.SdkVersion | None = None,
    ) -> None:
        self.sdk_version = sdk_version
        self.plan = plan
        self.content = plan.content
        self.facts = facts
        self.findings: dict[str, list[Finding]] = {}

    @property
    def shown(self) -> str:
        """The package's name and version, as far as they are known."""
        return " ".join(part for part in (self.content.name or "the package", self.content.version) if part)

    def judge(self) -> dict[str, list[Finding]]:
        """All findings about the package, by part."""
        self._oddities()
        specification_changes = self.facts is not None and self.facts.literal
        if self.plan.trace is None and not self.plan.options and not specification_changes:
            return self.findings
        for option in self.plan.options:
            self._option(option)
        for option in self.plan.others:
            self._other(option)
        defects.literals(self)
        defects.composed(self)
        if parts.CONFIG in self.content.texts:
            defects.unset(self)
            defects.flags(self)
        defects.archive(self)
        self._withdrawn()
        if self.plan.changed or specification_changes:
            consequences.tell(self)
        return self.findings

    def add(
        self,
        part: str,
        rule: Rule,
        message: str,
        *,
        hint: str = "",
        offset: int | None = None,
        pointer: str | None = None,
        severity: Severity | None = None,
    ) -> None:
        """Takes note of a finding about a part; one that the package does not have gives way to another."""
        if part not in self.content.texts:
            part = next((name for name in parts.PARTS if name in self.content.texts), part)
            offset = pointer = None
        line = column = None
        if offset is not None:
            line, column = Lines(self.content.texts[part]).position(offset)
        self.findings.setdefault(part, []).append(
            rule.finding(message, hint=hint, line=line, column=column, pointer=pointer, severity=severity)
        )

    def at(self, option: Option) -> int | None:
        """The offset of an option's default in config.json, or of its declaration."""
        steps = keys_of(option.pointer)
        locator = self.content.locator(parts.CONFIG)
        try:
            return locator.start(steps if option.declared else steps[:-1]) if locator else None
        except (KeyError, IndexError):
            return None

    def _oddities(self) -> None:
        """What is odd about a package whether or not it has to do with a network."""
        content = self.content
        for name, document in content.documents.items():
            if document.has_duplicates and not (name == parts.CONFIG and self.plan.edits.get(name)):
                for twice in duplicates(document.text):
                    self.findings.setdefault(name, []).append(
                        option_key_twice.RULE.finding(
                            f"the key {twice.key!r} comes twice in one object; the last one counts",
                            hint="remove the one that does not count",
                            line=twice.line,
                            column=twice.column,
                        )
                    )
        if content.template is not None and parts.CONFIG not in content.texts:
            self.add(
                parts.TEMPLATE,
                config_missing.RULE,
                f"{self.shown} has a template but no config.json: nothing says what its options are",
                hint="put config.json beside the template, or name the whole package directory",
                offset=0,
                severity=Severity.ERROR if names.may_wire_network(content.template.text) else None,
            )
        if self._never_renders():
            self.add(
                parts.TEMPLATE,
                never_renders.RULE,
                "renders to no JSON at its defaults, with all flags on or with all flags off",
                hint="look at the text with `calico-migrate package --render` and correct the template",
            )

    def _never_renders(self) -> bool:
        template = self.content.template
        if template is None or self.content.errors:
            return False
        if self.plan.trace is not None:
            if self.plan.trace.parsed:
                return False
            self.plan.trace.render(all_flags(self.plan.declared, on=False))
            return not self.plan.trace.parsed and not self._renders_when_set()
        from calico_migrate.mustache import package_manager

        config, resource = self.content.value(parts.CONFIG), self.content.value(parts.RESOURCE)
        defaults = package_manager.defaults(config) if isinstance(config, dict) else {}
        if as_app(template.render(with_resource(defaults, resource))) is not None:
            return False
        for on in (True, False):
            options = all_flags(self.plan.declared, on=on).over(defaults)
            if as_app(template.render(with_resource(options, resource))) is not None:
                return False
        return not self._renders_when_set()

    def _renders_when_set(self) -> bool:
        """Whether the template renders once the options that have no default are given."""
        from calico_migrate.mustache import package_manager
        from calico_migrate.package.universe import schema

        template = self.content.template
        config, resource = self.content.value(parts.CONFIG), self.content.value(parts.RESOURCE)
        if template is None or not isinstance(config, dict):
            return False
        options = schema.copied(package_manager.defaults(config))
        for path, option in self.plan.declared.items():
            if not option.declared:
                schema.put(options, path, _PLACEHOLDERS.get(str(option.schema.get("type")), "x"))
        return as_app(template.render(with_resource(options, resource))) is not None

    def _option(self, option: NetworkOption) -> None:
        name, offset, pointer = option.option.name, self.at(option.option), option.option.pointer
        if option.refusal:
            self.add(
                parts.CONFIG,
                option_refuses_name.RULE,
                f"the default of {name} stays {option.old!r}: {option.refusal}",
                hint=f"let its schema take {option.new!r}, then run this again",
                offset=offset,
                pointer=pointer,
            )
        if not option.by_flow:
            self.add(
                parts.CONFIG,
                option_goes_nowhere.RULE,
                f"{name} is the name of a network by its own name only: {self._why_nowhere(option)}",
                hint="pass the option on in marathon.json.mustache, or take it out",
                offset=offset,
                pointer=pointer,
            )
        elif not option.by_name:
            self.add(
                parts.CONFIG,
                option_by_flow_only.RULE,
                f"{name} is the name of a network by its flow only: it arrives in {option.networks[0].shown},"
                " though its own name does not say so",
                hint="give it one of the usual names, such as virtual_network_name, in a later release",
                offset=offset,
                pointer=pointer,
            )
        for place in option.arrivals:
            if place.kind is PlaceKind.LABEL:
                self.add(
                    parts.CONFIG,
                    network_name_as_label.RULE,
                    f"the value of {name} is also a label of the network, in {place.shown}",
                    hint="pass the labels' own option on, or change what selects by the label",
                    offset=offset,
                    pointer=pointer,
                )
            elif place not in option.networks and not option.refusal:
                self.add(
                    parts.CONFIG,
                    name_elsewhere.RULE,
                    f"the value of {name} also arrives in {place.shown}, which changes with it",
                    hint="check that the changed text is what the service needs",
                    offset=offset,
                    pointer=pointer,
                )

    def _why_nowhere(self, option: NetworkOption) -> str:
        if self.content.template is None:
            return "there is no template to follow it through"
        if option.arrivals:
            place = option.arrivals[0]
            if place.variable is not None and self.facts is not None:
                return (
                    f"it arrives in {place.shown}, which no service specification at hand"
                    " uses as the name of a network"
                )
            return f"it arrives in {place.shown}, which is none of a network"
        if self.plan.trace is not None and not self.plan.trace.parsed:
            return "the template renders to no JSON, so that it cannot be followed"
        if self.plan.tags_of(option.option.path):
            return "no setting that was tried shows where the template uses it"
        return "the template never uses it"

    def _other(self, option: NetworkOption) -> None:
        arrives = [
            place
            for place in option.arrivals
            if place.variable is not None and names.is_network_like(place.variable)
        ]
        if names.is_provider_path(option.option.path) or arrives:
            where = f", and it arrives in {arrives[0].shown}" if arrives else ""
            self.add(
                parts.CONFIG,
                network_provider.RULE,
                f"{option.option.name} is {option.old!r} by default{where}; whether that is the name of the"
                " network cannot be known, so it stays",
                hint=f"try {option.new!r} in the options of a test installation",
                offset=self.at(option.option),
                pointer=option.option.pointer,
            )

    def _withdrawn(self) -> None:
        package = self.content.package
        if is_withdrawn(package):
            locator = self.content.locator(parts.PACKAGE)
            self.add(
                parts.PACKAGE,
                package_withdrawn.RULE,
                f"{self.shown} is withdrawn: its minDcosReleaseVersion is {package['minDcosReleaseVersion']}",
                hint="build from another release, or ask the maintainer what replaces it",
                offset=locator.start(("minDcosReleaseVersion",)) if locator else None,
            )


_PLACEHOLDERS: dict[str, object] = {
    "integer": 1,
    "number": 1,
    "boolean": False,
    "array": [],
    "object": {},
}
