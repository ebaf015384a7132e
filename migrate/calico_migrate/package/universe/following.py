"""Following a package's candidates: which settings to render so that every place of a name is seen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from calico_migrate.package import names
from calico_migrate.package.universe import parts, settings
from calico_migrate.package.universe.marks import Marker
from calico_migrate.package.universe.settings import DEFAULTS
from calico_migrate.package.universe.templates import PackageTemplate
from calico_migrate.package.universe.tracing import Context, Trace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_migrate.network_map import NetworkMap
    from calico_migrate.package.universe.plan import PackagePlan
    from calico_migrate.package.universe.schema import Option, OptionPath
    from calico_migrate.package.universe.templates import Section


def follow(result: PackagePlan, candidates: list[Option], network_map: NetworkMap) -> None:
    """Renders a package with a mark for each candidate and literal, until every place of them is seen."""
    content = result.content
    marker = result.marker = Marker(network_map.names, content.texts.values())
    marks: dict[OptionPath, str] = {
        option.path: marker.option(str(option.default), option.path) for option in candidates
    }
    template = content.template
    if template is None:
        return
    marked = marker.template(template.text)
    if marked != template.text:
        template = PackageTemplate(marked)
    context = Context(content.value(parts.CONFIG), content.value(parts.RESOURCE), result.declared, marks)
    trace = result.trace = Trace(template, context, marker)
    trace.render(DEFAULTS)
    everything = settings.all_flags(result.declared, on=True)
    if everything.overrides:
        trace.render(everything)
    _show_hidden(result, trace, candidates)
    if not trace.parsed:
        _give_everything(result, trace, candidates)
    _follow_unset(result, trace)


def _show_hidden(result: PackagePlan, trace: Trace, candidates: list[Option]) -> None:
    """Renders what the defaults and all flags on do not show: places inside other sections."""
    nestings = _nestings(result, candidates)
    shown = bool(trace.parsed)
    plain = [
        nesting
        for nesting in nestings
        if not shown
        or any(section.inverted or not _is_flag(section, result.declared) for section in nesting)
        or len(trace.parsed) < len(trace.renderings)
    ]
    trace.show(nesting for nesting in plain if nesting or not shown)


def _give_everything(result: PackagePlan, trace: Trace, candidates: list[Option]) -> None:
    """Renders with a value for whatever has none, which options without a default need to become JSON.

    A number fits with and without quotes around it. Sections around the names in question are shown.
    """
    nestings = _nestings(result, candidates)
    shown = [section for nesting in nestings for section in nesting]
    on = [
        settings.showing(shown, base, result.declared)
        for base in (DEFAULTS, settings.all_flags(result.declared, on=True))
    ]
    for base in on:
        rendered = trace.render(base)
        given = tuple((tuple(name.split(".")), 1) for name in rendered.missing if name)
        trace.render(settings.Setting("with every option given", (*given, *base.overrides)))


def _nestings(result: PackagePlan, candidates: list[Option]) -> list[tuple[Section, ...]]:
    """The sections around each tag of a candidate and around each literal name."""
    found = [tag.sections for option in candidates for tag in result.tags_of(option.path)]
    template = result.content.template
    if template is not None and result.marker is not None:
        found += [
            template.around(mark.start) for mark in result.marker.marks.values() if mark.start is not None
        ]
    return found


def _is_flag(section: Section, declared: Mapping[OptionPath, Option]) -> bool:
    option = declared.get(section.path(declared))
    return option is not None and option.is_flag


def _follow_unset(result: PackagePlan, trace: Trace) -> None:
    """One more rendering, with marks for whatever has no value, to see which of it is a network's name."""
    shown = next(iter(reversed(trace.parsed)), None)
    if shown is None or result.marker is None:
        return
    base = shown.setting
    missing = [name for name in shown.missing if name and _may_name(name, trace.template.text)]
    lists = _network_lists(result)
    if not missing and not lists:
        return
    overrides: list[tuple[OptionPath, Any]] = []
    for name in missing:
        path = tuple(name.split("."))
        mark = result.marker.option("", path)
        result.unset[mark] = name
        overrides.append((path, mark))
    for path, properties in lists:
        entry: dict[str, Any] = {}
        for key in properties:
            mark = result.marker.option("", (*path, key))
            result.unset[mark] = ".".join(path)
            entry[key] = mark
        overrides.append((path, [entry]))
    trace.render(settings.Setting("with everything set", (*base.overrides, *overrides)))


def _may_name(name: str, template: str) -> bool:
    """Whether the value of a tag may be the name of a network, by the member that it is written into."""
    if names.is_network_like(name):
        return True
    for tag in re.finditer(r"\{\{\{?&?[ \t]*" + re.escape(name), template):
        line = template[template.rfind("\n", 0, tag.start()) + 1 : tag.start()]
        if '"name"' in line or names.is_network_like(line):
            return True
    return False


def _network_lists(result: PackagePlan) -> list[tuple[OptionPath, list[str]]]:
    """Lists of networks that an installation may give: declared as arrays of objects, empty by default."""
    found = []
    for path, option in result.declared.items():
        items = option.schema.get("items")
        if option.schema.get("type") == "array" and not option.default and names.is_network_like(path[-1]):
            properties = items.get("properties") if isinstance(items, dict) else None
            if isinstance(properties, dict):
                found.append((path, [key for key in properties if isinstance(key, str)]))
    return found
