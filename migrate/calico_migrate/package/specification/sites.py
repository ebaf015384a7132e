"""The literal network names in a template: which of them can be changed, and which must stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_migrate.mustache import settings
from calico_migrate.package.rules import (
    both_service_networks,
    composed_network_name,
    repeated_service_network,
    shared_network_name,
)
from calico_migrate.package.specification import candidates as service_spec_candidates
from calico_migrate.package.specification import checks as service_spec_checks
from calico_migrate.package.specification import networks as service_spec_networks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from calico_core.spans import Span
    from calico_migrate.mustache.settings import Setting
    from calico_migrate.mustache.template import Section, Template
    from calico_migrate.package.specification.checks import Collected
    from calico_migrate.package.specification.networks import NetworkKey, Pod
    from calico_migrate.package.specification.views import View, Views


class Site(NamedTuple):
    """A literal network name: its span in the template, what it is in a rendering, the sections around it."""

    span: Span
    key: NetworkKey
    sections: tuple[Section, ...]


class Sites:
    """Finds and judges the network names of one template; ``names`` maps old names to new ones."""

    def __init__(
        self, template: Template, views: Views, names: Mapping[str, str], findings: Collected
    ) -> None:
        self.template = template
        self.views = views
        self.names = names
        self.findings = findings
        self._pods: dict[int, tuple[Pod, ...]] = {}

    def pods(self, view: View) -> tuple[Pod, ...]:
        """The pods of a rendering."""
        found = self._pods.get(id(view))
        if found is None:
            found = self._pods[id(view)] = tuple(service_spec_networks.pods(view))
        return found

    def keys(self, view: View) -> list[NetworkKey]:
        """The networks of all pods of a rendering."""
        return [key for pod in self.pods(view) for key in pod.networks]

    def movable(self) -> list[Site]:
        """The old names that can be changed; what keeps the others is told."""
        known = {span.start for span in self._all()}
        for setting in service_spec_candidates.telling_settings(
            self.template, self.names, known, self.views.bases
        ):
            self.views.view(setting)
        if any(site.key.name in self.names for site in self._all().values()):
            for setting in self._proving_settings():
                self.views.view(setting)
        sites = self._all()
        old = [site for site in sites.values() if site.key.name in self.names]
        staying = self._repeated(sites) | self._clashing(sites)
        # Last, because the two before look at further settings, and each is one that the names must stand.
        staying |= self._shared(old)
        self._tell_composed()
        return [site for site in old if site.span not in staying]

    def _all(self) -> dict[Span, Site]:
        """Every literal network name that any rendering so far shows, in the order of the template."""
        found: dict[Span, Site] = {}
        for view in self.views.seen:
            for key in self.keys(view):
                span = key.origin.span if key.origin is not None else None
                if span is not None and span not in found:
                    found[span] = Site(span, key, self.template.enclosing(span.start))
        return dict(sorted(found.items()))

    def _proving_settings(self) -> Iterator[Setting]:
        """Everything on and off, and by itself each section around an old name or around its networks."""
        on, off = settings.everything(self.template)
        yield on
        yield off
        sites = [site for site in self._all().values() if site.key.name in self.names]
        near = self._near(sites)
        for name in near:
            yield settings.Setting(f"with {name} on alone", frozenset([name]))
            yield settings.Setting(f"with {name} off alone", on.true - {name})
        bases = [*self.views.bases(), *(self._showing(site)[0].setting.true for site in sites)]
        for base in dict.fromkeys(bases):
            for name in near:
                how = "off" if name in base else "on"
                yield settings.Setting(f"with {name} {how} besides what shows a name", base ^ {name})
        for site in sites:
            for base in dict.fromkeys((off.true, on.true, *self.views.bases())):
                shown = settings.showing(site.sections, base, f"with {site.key.pointer} shown")
                if shown is not None:
                    yield shown

    def _near(self, sites: Sequence[Site]) -> list[str]:
        """The names of the sections around these names, around their ``networks`` keys, and in between."""
        starts: dict[str, set[int]] = {}
        for view in self.views.seen:
            for pod in self.pods(view):
                for pointer, key, _ in service_spec_networks.networks_keys(pod):
                    origin = view.rendering.origin(key.start, key.end)
                    starts.setdefault(pointer, set()).update(span.start for span in origin.spans[:1])
        sections = list(self.template.sections())
        near: dict[str, None] = {}
        for site in sites:
            near.update((section.name, None) for section in site.sections)
            for start in sorted(starts.get(site.key.mapping, ())):
                near.update((section.name, None) for section in self.template.enclosing(start))
                near.update(
                    (section.name, None)
                    for section, _ in sections
                    if start <= section.start < site.span.start
                )
        return list(near)

    def _shared(self, sites: Sequence[Site]) -> set[Span]:
        """The names whose characters are something else in another rendering, or through an alias."""
        found: dict[Span, Site] = {}
        by_span = {site.span: site for site in sites}
        for view in self.views.seen:
            keys = self.keys(view)
            own = {key.place for key in keys}
            for span, places in view.rendering.places(by_span).items():
                if span not in found and any(place not in own for place in places):
                    found[span] = by_span[span]
                    self._tell_shared(by_span[span], f"{view.setting.title} the same text is something else")
            for span in service_spec_checks.aliased_elsewhere(view, keys):
                if span in by_span and span not in found:
                    found[span] = by_span[span]
                    self._tell_shared(by_span[span], "through an alias the same text is something else too")
        return set(found)

    def _tell_shared(self, site: Site, why: str) -> None:
        finding = shared_network_name.finding(site.key.name, why)
        self.findings.add(finding, site.span.start, site.key.pointer)

    def _clashing(self, sites: Mapping[Span, Site]) -> set[Span]:
        """The old names whose renaming would give one networks mapping two equal names in a rendering."""
        found: set[Span] = set()
        mappings: dict[tuple[str, str], list[Site]] = {}
        for site in sites.values():
            name = site.key.name
            mappings.setdefault((site.key.mapping, self.names.get(name, name)), []).append(site)
        for (_, new), together in mappings.items():
            for site in together:
                if site.key.name not in self.names:
                    continue
                other = next(
                    (one for one in together if one.key.name != site.key.name and self._meet(site, one)), None
                )
                if other is None:
                    continue
                found.add(site.span)
                finding = both_service_networks.finding(site.key.pod, site.key.name, other.key.name, new)
                self.findings.add(finding, site.span.start, site.key.pointer)
        return found

    def _repeated(self, sites: Mapping[Span, Site]) -> set[Span]:
        """The names that stand in one networks mapping a second time whenever they show.

        Where that depends on two sections being on together, which may never be, it is a warning and both
        names can be changed.
        """
        found: set[Span] = set()
        by_place: dict[tuple[str, str], list[Site]] = {}
        for site in sites.values():
            earlier = by_place.setdefault((site.key.mapping, site.key.name), [])
            other = next((one for one in earlier if self._meet(one, site)), None)
            earlier.append(site)
            if other is None:
                continue
            first, second = (settings.conditions(one.sections) or {} for one in (other, site))
            always = first.items() <= second.items() or second.items() <= first.items()
            if always:
                found |= {other.span, site.span}
            finding = repeated_service_network.finding(site.key.pod, site.key.name, always=always)
            self.findings.add(finding, site.span.start, site.key.pointer)
        return found

    def _meet(self, site: Site, other: Site) -> bool:
        """Whether one parsable rendering has both names in one networks mapping."""
        if site.key.mapping != other.key.mapping:
            return False
        both = (*site.sections, *other.sections)
        bases = [*self.views.bases()]
        for one in (site, other):
            bases += [view.setting.true for view in self._showing(one)[:1]]
        for base in dict.fromkeys(bases):
            setting = settings.showing(both, base, "with both names shown")
            if setting is None:
                return False
            view = self.views.view(setting)
            if view is None:
                continue
            mappings = [
                {key.mapping for key in self.keys(view) if key.origin is not None and key.origin.span == span}
                for span in (site.span, other.span)
            ]
            if mappings[0] & mappings[1]:
                return True
        return False

    def _showing(self, site: Site) -> Sequence[View]:
        return [view for view in self.views.seen if view.rendering.places([site.span])[site.span]]

    def _tell_composed(self) -> None:
        """Names of which the old name is only a part, or which no single stretch of the template holds."""
        known = set(self._all())
        for view in self.views.seen:
            for key in self.keys(view):
                if key.origin is None:
                    spans = view.rendering.origin(key.node.start, key.node.end).spans
                    if key.name in self.names and spans:
                        self._tell_part(key, key.name, spans[0])
                elif key.origin.span is None:
                    for span in key.origin.spans:
                        part = self.template.text[span.start : span.end]
                        if span not in known and part in self.names:
                            self._tell_part(key, part, span)
                    if key.name in self.names and not key.origin.tags and key.origin.spans:
                        self._tell_part(key, key.name, key.origin.spans[0])

    def _tell_part(self, key: NetworkKey, name: str, span: Span) -> None:
        self.findings.add(composed_network_name.in_specification(name), span.start, key.pointer)
