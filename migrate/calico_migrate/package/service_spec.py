"""Plans the edits of one service specification of the DC/OS SDK (``svc.yml``, whatever its name).

    if service_spec.may_be(text):
        plan = service_spec.plan(text, network_map)      # InputError, VerificationError
        if plan.recognised:
            rewritten = calico_core.spans.apply(text, plan.edits)

The text is a mustache template over YAML. It is rendered as the scheduler does, under enough settings that
each line is seen; the networks are found in the parsed renderings by their place, and mapped back. Only
literal names are edited, and what is planned was proved before it is returned.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from calico_core.errors import InputError
from calico_core.spans import Edit, Lines

from calico_migrate.mustache import settings, tokens
from calico_migrate.package import service_spec_checks, service_spec_networks, service_spec_proof
from calico_migrate.package.rules import (
    both_service_networks,
    composed_network_name,
    further_yaml_document,
    hidden_template_text,
    network_key_from_option,
    pods_restart,
    repeated_service_network,
    service_network,
    shared_network_name,
    unreadable_service_spec,
)
from calico_migrate.package.service_spec_checks import Findings
from calico_migrate.package.service_spec_views import Views

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from calico_core.findings import Finding

    from calico_migrate.mustache.settings import Setting
    from calico_migrate.mustache.tokens import Section, Span, Template, Variable
    from calico_migrate.network_map import NetworkMap
    from calico_migrate.package.service_spec_networks import NetworkKey, Pod
    from calico_migrate.package.service_spec_views import View

_PODS = re.compile(r"""^\ufeff?["']?pods["']?[ \t]*:|[{,]\s*["']?pods["']?\s*:""", re.MULTILINE)


class VariableKey(NamedTuple):
    """A network named by the environment: the variable, its tag's offset, the place in a rendering."""

    name: str
    offset: int
    pointer: str


class Plan(NamedTuple):
    """What becomes of one service specification.

    ``recognised`` is false where the text is none; then the rest is empty. ``edits`` have offsets in the
    template, and pointers of the rendered document. ``variables`` are the networks that options feed.
    """

    recognised: bool
    edits: tuple[Edit, ...] = ()
    findings: tuple[Finding, ...] = ()
    variables: tuple[VariableKey, ...] = ()


class _Site(NamedTuple):
    """A literal network name in the template."""

    span: Span
    key: NetworkKey
    sections: tuple[Section, ...]


def may_be(text: str) -> bool:
    """Whether a text is worth planning for: cheap, and true for every service specification."""
    return _PODS.search(text) is not None


def plan(text: str, network_map: NetworkMap, *, option_of: Callable[[str], str | None] | None = None) -> Plan:
    """The edits and findings for one text.

    ``option_of`` names the package's option that feeds an environment variable, where that is known.
    Raises InputError, with line and column, where the template's tags do not balance, and where the text
    parses in no rendering and may name an old network; VerificationError where the proof fails.
    """
    template = tokens.parse(text)
    views = Views(template)
    views.see_everything()
    findings = Findings(text)
    if not views.seen:
        return _unreadable(views, network_map, findings)
    if not any(service_spec_networks.is_service_spec(view.document.root) for view in views.seen):
        return Plan(recognised=False)
    return _Planner(template, views, network_map, findings, option_of).plan()


def _unreadable(views: Views, network_map: NetworkMap, findings: Findings) -> Plan:
    text = views.template.text
    if not may_be(text):
        return Plan(recognised=False)
    failure = views.failures[0]
    message = f"this service specification parses in no rendering; {failure.setting.title}: {failure.message}"
    if _mentions(text, network_map):
        place = Lines(text).position(failure.offset)
        raise InputError(
            f"{message}; it may name a network, so look at it yourself", line=place.line, column=place.column
        )
    findings.add(
        unreadable_service_spec.RULE, message, failure.offset, hint="Repair the file or leave it out."
    )
    return Plan(recognised=True, findings=findings.sorted())


def _mentions(text: str, network_map: NetworkMap) -> bool:
    """Whether an old name stands in the text as a word of its own."""
    names = "|".join(map(re.escape, network_map.names))
    return re.search(rf"(?<![\w./-])(?:{names})(?![\w./-])", text) is not None


def _unknown_option(_: str) -> None:
    return None


class _Planner:
    def __init__(
        self,
        template: Template,
        views: Views,
        network_map: NetworkMap,
        findings: Findings,
        option_of: Callable[[str], str | None] | None,
    ) -> None:
        self.template = template
        self.views = views
        self.names = network_map.names
        self.network_map = network_map
        self.findings = findings
        self.option_of = option_of or _unknown_option
        self._pods: dict[int, tuple[Pod, ...]] = {}

    def plan(self) -> Plan:
        sites = self._sites()
        variables = self._variables()
        movable = self._movable(sites)
        for view in self.views.seen:
            service_spec_checks.check_pods(view, self.pods(view), self.network_map, self.findings)
        self._tell_hidden()
        edits = tuple(
            Edit(
                site.span.start,
                site.span.end,
                self.names[site.key.name],
                service_network.RULE.id,
                site.key.pointer,
                site.key.name,
                self.names[site.key.name],
            )
            for site in movable
        )
        if edits:
            self._tell_restart(movable)
            service_spec_proof.prove(
                self.template.text, edits, [(view, self.keys(view)) for view in self.views.seen]
            )
        return Plan(True, edits, self.findings.sorted(), variables)

    def pods(self, view: View) -> tuple[Pod, ...]:
        found = self._pods.get(id(view))
        if found is None:
            found = self._pods[id(view)] = tuple(service_spec_networks.pods(view))
        return found

    def keys(self, view: View) -> list[NetworkKey]:
        return [key for pod in self.pods(view) for key in pod.networks]

    def _sites(self) -> dict[Span, _Site]:
        """Every literal network name that any rendering so far shows, in the order of the template."""
        found: dict[Span, _Site] = {}
        for view in self.views.seen:
            for key in self.keys(view):
                span = key.origin.span if key.origin is not None else None
                if span is not None and span not in found:
                    found[span] = _Site(span, key, self.template.enclosing(span.start))
        return dict(sorted(found.items()))

    def _movable(self, sites: dict[Span, _Site]) -> list[_Site]:
        old = [site for site in sites.values() if site.key.name in self.names]
        if old:
            for setting in self._proving_settings(old):
                self.views.view(setting)
            sites = self._sites()
            old = [site for site in sites.values() if site.key.name in self.names]
        self._tell_composed()
        repeated = self._repeated(sites)
        return [
            site
            for site in old
            if not self._is_shared(site) and not self._clashes(site, sites) and site.span not in repeated
        ]

    def _proving_settings(self, sites: Sequence[_Site]) -> list[Setting]:
        """Everything on and off, and each section around a name, or before it in its pod, by itself."""
        chosen = [*settings.everything(self.template)]
        on = chosen[0].true
        near: dict[str, None] = {}
        for site in sites:
            near.update(dict.fromkeys(section.name for section in site.sections))
            start = self._pod_start(site)
            near.update(
                dict.fromkeys(
                    section.name
                    for section, _ in self.template.sections()
                    if start <= section.start < site.span.start
                )
            )
        for name in near:
            chosen.append(settings.Setting(f"with {name} on alone", frozenset([name])))
            chosen.append(settings.Setting(f"with {name} off alone", on - {name}))
        for site in sites:
            for base in (frozenset[str](), on):
                shown = settings.showing(site.sections, base, f"with the name at {site.key.pointer} shown")
                if shown is not None:
                    chosen.append(shown)
        return chosen

    def _pod_start(self, site: _Site) -> int:
        """Where the pod of a name starts in the template, the name itself where that can't be told."""
        for view in self.views.seen:
            for pod in self.pods(view):
                if pod.name == site.key.pod:
                    origin = view.rendering.origin(pod.key.start_mark.index, pod.key.end_mark.index)
                    if origin.spans:
                        return min(origin.spans[0].start, site.span.start)
                    if origin.tags:
                        return min(origin.tags[0].start, site.span.start)
        return site.span.start

    def _is_shared(self, site: _Site) -> bool:
        """Whether the same characters are something else in another rendering, or through an alias."""
        for view in self.views.seen:
            places = {
                key.place
                for key in self.keys(view)
                if key.origin is not None and key.origin.span == site.span
            }
            elsewhere = [p for p in view.rendering.places_of(site.span) if p not in places]
            if elsewhere or service_spec_checks.is_aliased_elsewhere(view, self.keys(view), site.span):
                self.findings.add(
                    shared_network_name.RULE,
                    f"{site.key.name} stays: it is the name of a network, but {view.setting.title}"
                    " the same text is something else too",
                    site.span.start,
                    pointer=site.key.pointer,
                    hint="Write the two apart, then run this again.",
                )
                return True
        return False

    def _clashes(self, site: _Site, sites: dict[Span, _Site]) -> bool:
        """Whether renaming would give one networks mapping two equal names in a rendering."""
        new = self.names[site.key.name]
        for other in sites.values():
            if (
                other.span != site.span
                and other.key.name != site.key.name
                and self.names.get(other.key.name, other.key.name) == new
                and self._meet(site, other)
            ):
                self.findings.add(
                    both_service_networks.RULE,
                    f"pod {site.key.pod} names both {site.key.name} and {other.key.name}; {site.key.name}"
                    f" stays, because two networks named {new} are refused",
                    site.span.start,
                    pointer=site.key.pointer,
                    hint="Remove the one that the pod should not be on.",
                )
                return True
        return False

    def _repeated(self, sites: dict[Span, _Site]) -> set[Span]:
        """The names that stand twice in one networks mapping whenever one of them shows."""
        found: set[Span] = set()
        ordered = list(sites.values())
        for index, site in enumerate(ordered):
            for other in ordered[index + 1 :]:
                if other.key.name == site.key.name and self._meet(site, other):
                    found |= {site.span, other.span}
                    self.findings.add(
                        repeated_service_network.RULE,
                        f"pod {other.key.pod} names the network {other.key.name} twice, which is refused",
                        other.span.start,
                        pointer=other.key.pointer,
                        hint="Remove one of the two.",
                    )
        return found

    def _meet(self, site: _Site, other: _Site) -> bool:
        """Whether one rendering has both names in one networks mapping."""
        both = settings.conditions([*site.sections, *other.sections])
        if both is None or site.key.mapping != other.key.mapping:
            return False
        true = frozenset(name for name, truth in both.items() if truth)
        off = frozenset(name for name, truth in both.items() if not truth)
        everything = settings.everything(self.template)[0].true
        unread = 0
        for base in (true, everything - off):
            view = self.views.view(settings.Setting("with both names shown", base))
            if view is None:
                unread += 1
                continue
            mappings = [
                {key.mapping for key in self.keys(view) if key.origin is not None and key.origin.span == span}
                for span in (site.span, other.span)
            ]
            if mappings[0] & mappings[1]:
                return True
        # Where neither rendering parses the two can't be told apart, and the name rather stays.
        return unread == 2

    def _variables(self) -> tuple[VariableKey, ...]:
        found: dict[int, tuple[Variable | Section, NetworkKey]] = {}
        for view in self.views.seen:
            for key in self.keys(view):
                for tag in key.origin.tags if key.origin is not None else ():
                    found.setdefault(tag.start, (tag, key))
        for offset, (tag, key) in sorted(found.items()):
            option = self.option_of(tag.name)
            fed = f", which the option {option} feeds" if option is not None else ""
            self.findings.add(
                network_key_from_option.RULE,
                f"the network of pod {key.pod} is named by {tag.name}{fed}; this file stays as it is",
                offset,
                pointer=key.pointer,
                hint=f"Change {option or 'the option of the package that feeds ' + tag.name}.",
            )
        return tuple(
            VariableKey(tag.name, offset, key.pointer) for offset, (tag, key) in sorted(found.items())
        )

    def _tell_composed(self) -> None:
        for view in self.views.seen:
            for key in self.keys(view):
                if key.name not in self.names or (key.origin is not None and key.origin.span is not None):
                    continue
                if key.origin is not None and key.origin.tags:
                    continue
                place = view.rendering.origin(key.node.start_mark.index, key.node.end_mark.index)
                offset = place.spans[0].start if place.spans else 0
                self.findings.add(
                    composed_network_name.RULE,
                    f"{key.name} stays: the name is put together from several parts of the template",
                    offset,
                    pointer=key.pointer,
                    hint="Write the name in one piece, then run this again.",
                )

    def _tell_hidden(self) -> None:
        from calico_core.findings import Severity

        for first, last in service_spec_checks.ranges(self.template.text, self.views.hidden()):
            mentions = _mentions(self.template.text[first:last], self.network_map)
            self.findings.add(
                hidden_template_text.RULE,
                "no parsable rendering shows this part of the template"
                + (", which may name a network" if mentions else ""),
                first,
                hint="Look at it yourself; this tool did not judge it.",
                severity=Severity.ERROR if mentions else None,
            )
        for view in self.views.seen:
            if view.document.more:
                self.findings.add(
                    further_yaml_document.RULE,
                    "the SDK reads the first YAML document only; what follows was not looked at",
                    0,
                    hint="Put everything into one document.",
                )
                return

    def _tell_restart(self, sites: Sequence[_Site]) -> None:
        names = ", ".join(dict.fromkeys(site.key.pod for site in sites if not site.key.in_container))
        if names:
            self.findings.add(
                pods_restart.RULE,
                f"updating the service restarts the pods on the network, one after the other: {names}",
                sites[0].span.start,
                hint="Watch the plan, and see that every pod's address changed.",
            )
