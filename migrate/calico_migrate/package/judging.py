"""What the tool tells about a package: the findings that its plan gives rise to, by part."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calico_core.findings import Severity
from calico_core.spans import Lines
from calico_migrate.package import content as parts
from calico_migrate.package import names, places, sdk
from calico_migrate.package.documents import duplicates
from calico_migrate.package.places import PlaceKind
from calico_migrate.package.rules import (
    config_missing,
    docker_network_needed,
    flag_from_nowhere,
    label_variable_from_nowhere,
    moves_by_default,
    name_elsewhere,
    name_in_archive,
    name_in_variable,
    network_from_user_options,
    network_name_as_label,
    network_provider,
    never_renders,
    option_by_flow_only,
    option_from_nowhere,
    option_goes_nowhere,
    option_key_twice,
    option_refuses_name,
    package_withdrawn,
    pods_restart,
    sdk_refuses_update,
    version_update_enterprise,
)
from calico_migrate.package.settings import all_flags
from calico_migrate.package.tracing import as_app, network_places, with_resource

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_core.findings import Finding
    from calico_core.rules import Rule
    from calico_migrate.package.facts import SpecificationFacts
    from calico_migrate.package.planning import NetworkOption, PackagePlan
    from calico_migrate.package.schema import Option

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
        self._literals()
        if parts.CONFIG in self.content.texts:
            self._unset()
            self._flags()
        self._archive()
        self._withdrawn()
        if self.plan.changed or specification_changes:
            self._consequences()
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

    def _at(self, option: Option) -> int | None:
        """The offset of an option's default in config.json, or of its declaration."""
        steps = [step.replace("~1", "/").replace("~0", "~") for step in option.pointer.split("/")[1:]]
        locator = self.content.locator(parts.CONFIG)
        try:
            return locator.start(tuple(steps if option.declared else steps[:-1])) if locator else None
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
        from calico_migrate.package import schema

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
        name, offset, pointer = option.option.name, self._at(option.option), option.option.pointer
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
                offset=self._at(option.option),
                pointer=option.option.pointer,
            )

    def _literals(self) -> None:
        for literal in self.plan.loose_literals:
            self.add(
                parts.TEMPLATE,
                name_in_variable.RULE,
                f"{literal.old!r} is written into {literal.networks[0].shown}; it is not edited",
                hint=f"write {literal.new!r} there, better still into an option",
                offset=literal.start,
                pointer=literal.networks[0].pointer,
            )

    def _unset(self) -> None:
        """Names of networks that no default gives."""
        trace = self.plan.trace
        if trace is None:
            return
        reported: set[str] = set()
        variables = self.facts.network_variables if self.facts is not None else None
        for mark, name in self.plan.unset.items():
            found = network_places(trace.arrivals.get(mark, ()), variables)
            path = tuple(name.split("."))
            if not found or name in reported:
                continue
            reported.add(name)
            option = self.plan.declared.get(path)
            if option is not None:
                self._without_default(option, f"arrives in {found[0].shown}")
            elif not any(
                tag.name == name and tag.is_declared(self.plan.declared) for tag in trace.template.tags
            ):
                self.add(
                    parts.TEMPLATE,
                    option_from_nowhere.RULE,
                    f"{found[0].shown} is the name of a network and takes it from {name},"
                    " which config.json does not declare: it is always empty",
                    hint="declare the option in config.json, or correct its name in the template",
                    offset=next((tag.start for tag in trace.template.tags if tag.name == name), None),
                )
        for option in self.plan.declared.values():
            if not option.declared and option.name not in reported and names.is_unset_name_path(option.path):
                self._without_default(option, "has the name of a network's name")
        self._label_variables()

    def _without_default(self, option: Option, why: str) -> None:
        self.add(
            parts.CONFIG,
            network_from_user_options.RULE,
            f"{option.name} {why} and has no default: only the options of an installation name the network",
            hint="look for it in the stored options of each service, and change it there",
            offset=self._at(option),
            pointer=option.pointer.removesuffix("/default"),
        )

    def _label_variables(self) -> None:
        trace = self.plan.trace
        if trace is None or self.facts is None or not self.facts.label_variables or not trace.parsed:
            return
        sent = {name for rendered in trace.parsed for name in places.variables(rendered.app)}
        for variable in sorted(self.facts.label_variables - sent):
            self.add(
                parts.TEMPLATE,
                label_variable_from_nowhere.RULE,
                f"the service specification takes the labels of a network from {variable},"
                " which this template never sets",
                hint="use one name for the variable in both files",
            )

    def _flags(self) -> None:
        """Flags that do not exist."""
        trace = self.plan.trace
        if trace is None:
            return
        groups = {path[:end] for path in self.plan.declared for end in range(1, len(path))}
        reported: set[str] = set()
        for tag in trace.template.tags:
            if not tag.opens or tag.name in reported:
                continue
            if tag.is_declared(self.plan.declared) or tag.is_declared(groups):
                continue
            last = tag.name.rpartition(".")[2]
            if last in ("isEmpty", "asJson") or tag.name.startswith("resource."):
                continue
            encloses = any(
                inner.sections
                and any(section.name == tag.name and not section.inverted for section in inner.sections)
                and any(inner.means(option.option.path) for option in self.plan.options)
                for inner in trace.template.tags
            )
            if encloses or re.search(r"virtual[-_]?network", tag.name, re.IGNORECASE):
                reported.add(tag.name)
                self.add(
                    parts.TEMPLATE,
                    flag_from_nowhere.RULE,
                    f"the section {tag.name} needs an option that config.json does not declare:"
                    " the network in it can never be switched on",
                    hint="declare the flag in config.json, or correct its name in the template",
                    offset=tag.start,
                )

    def _archive(self) -> None:
        """A flag for virtual networks whose network is named in the scheduler's archive."""
        trace = self.plan.trace
        if trace is None:
            return
        switches: set[str] = set()
        for rendered in trace.parsed:
            for variable in places.variables(rendered.app):
                if names.is_name_variable(variable):
                    return
                if names.is_switch_variable(variable):
                    switches.add(variable)
        if any(place.kind is PlaceKind.NETWORK for found in trace.arrivals.values() for place in found):
            return
        if not switches or self.facts is not None:
            return
        variable = min(switches)
        offset = self.content.texts[parts.TEMPLATE].find(f'"{variable}"')
        self.add(
            parts.TEMPLATE,
            name_in_archive.RULE,
            f"{self.shown} switches virtual networks on with {variable} but has no option for the network's"
            " name: it is written in the svc.yml inside the scheduler's archive",
            hint="run this over the framework's source tree and rebuild the archive, or patch the svc.yml in"
            " scheduler.zip, host it under a new address and let assets.uris in resource.json point at it",
            offset=offset if offset >= 0 else None,
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

    def _consequences(self) -> None:
        """What follows for clusters once the edited package is used."""
        plan, content = self.plan, self.content
        template = content.texts.get(parts.TEMPLATE, "")
        edited = [option for option in plan.options if not option.refusal]
        self._moves(edited)
        version = (
            self.sdk_version
            or sdk.version_in_resources(content.value(parts.RESOURCE))
            or sdk.version_in_tags(content.package)
        )
        if version is not None and version.refuses_update and sdk.is_scheduler(template):
            self.add(
                parts.CONFIG,
                sdk_refuses_update.RULE,
                f"{self.shown} is built on SDK {version}, which refuses to move a running service to another"
                " virtual network",
                hint="build it with SDK 0.19.3 or newer first, or install the service anew",
            )
        if plan.trace is not None and self._joins_through_docker():
            self.add(
                parts.TEMPLATE,
                docker_network_needed.RULE,
                f"{self.shown} joins its network through the Docker engine: each agent needs a Docker network"
                f" named {next(iter(plan.becomes.values()))!r}",
                hint="check `docker network ls` on the agents; `calico-migrate network generate` writes what"
                " makes it",
            )
        if sdk.is_scheduler(template):
            self.add(
                parts.CONFIG,
                pods_restart.RULE,
                f"an update of {content.name or 'the service'} restarts every pod that is on the network",
                hint="follow the plan until it is complete, and check the pods' addresses",
            )
        self.add(
            parts.CONFIG,
            version_update_enterprise.RULE,
            "open DC/OS refuses to update a running service to another version of its package;"
            " Enterprise DC/OS does it",
            hint="on open DC/OS update the options of the running service, or install it anew",
        )

    def _moves(self, edited: list[NetworkOption]) -> None:
        trace = self.plan.trace
        if trace is None:
            return
        for option in edited:
            at_once = [place for place in trace.by_default.get(option.mark, ()) if place in option.networks]
            if at_once:
                self._moves_by(
                    [tag.sections for tag in self.plan.tags_of(option.option.path)],
                    f"the default of {option.option.name}",
                    parts.CONFIG,
                    self._at(option.option),
                )
        for literal in self.plan.literals:
            if trace.by_default.get(literal.mark) and self.content.template is not None:
                self._moves_by(
                    [self.content.template.around(literal.start)],
                    "the name in the template",
                    parts.TEMPLATE,
                    literal.start,
                )

    def _moves_by(self, nestings: list[tuple[object, ...]], what: str, part: str, offset: int | None) -> None:
        declared = self.plan.declared
        flags = sorted(
            {
                ".".join(section.path(declared))  # type: ignore[attr-defined]
                for nesting in nestings
                for section in nesting
            }
        )
        on = [
            name
            for name in flags
            if (option := declared.get(tuple(name.split(".")))) is not None and option.default is True
        ]
        why = f"its flag {', '.join(on)} is on by default" if on else "no flag switches it off"
        self.add(
            part,
            moves_by_default.RULE,
            f"a plain installation of {self.shown} joins the network by {what}: {why}",
            offset=offset,
        )

    def _joins_through_docker(self) -> bool:
        trace = self.plan.trace
        edited = self.plan.becomes
        return trace is not None and any(
            place.mark in edited and place.kind is PlaceKind.NETWORK
            for rendered in trace.parsed
            if places.uses_docker_network(rendered.app)
            for place in places.places(rendered.app, trace.marker.pattern)
        )


_PLACEHOLDERS: dict[str, object] = {
    "integer": 1,
    "number": 1,
    "boolean": False,
    "array": [],
    "object": {},
}
