"""Defects of a package's wiring: names and flags that come from nowhere or cannot be reached."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calico_migrate.package import names
from calico_migrate.package.rules import (
    composed_network_name,
    flag_from_nowhere,
    label_variable_from_nowhere,
    name_in_archive,
    name_in_variable,
    network_from_user_options,
    option_from_nowhere,
)
from calico_migrate.package.universe import content as parts
from calico_migrate.package.universe import places
from calico_migrate.package.universe.places import PlaceKind
from calico_migrate.package.universe.tracing import network_places

if TYPE_CHECKING:
    from calico_migrate.package.universe.judging import Judge
    from calico_migrate.package.universe.schema import Option


def literals(judge: Judge) -> None:
    """Names that a template writes into environment variables."""
    for literal in judge.plan.loose_literals:
        judge.add(
            parts.TEMPLATE,
            name_in_variable.RULE,
            f"{literal.old!r} is written into {literal.networks[0].shown}; it is not edited",
            hint=f"write {literal.new!r} there, better still into an option",
            offset=literal.start,
            pointer=literal.networks[0].pointer,
        )


def composed(judge: Judge) -> None:
    """Old names that arrive at the app's own networks from no option's default and no text in one piece."""
    trace = judge.plan.trace
    if trace is None:
        return
    found = {
        (pointer, text): None
        for rendered in trace.parsed
        for pointer, text in places.network_names(rendered.app)
        if text in trace.marker.networks
    }
    for pointer, text in found:
        judge.add(
            parts.TEMPLATE,
            composed_network_name.RULE,
            f"{text!r} arrives at {pointer}, but neither as the default of one option nor as a text in one"
            " piece; it is not edited",
            hint="write the name in one piece, or change it by hand where it comes from",
            pointer=pointer,
        )


def unset(judge: Judge) -> None:
    """Names of networks that no default gives."""
    trace = judge.plan.trace
    if trace is None:
        return
    reported: set[str] = set()
    variables = judge.facts.network_variables if judge.facts is not None else None
    for mark, name in judge.plan.unset.items():
        found = network_places(trace.arrivals.get(mark, ()), variables)
        path = tuple(name.split("."))
        if not found or name in reported:
            continue
        reported.add(name)
        option = judge.plan.declared.get(path)
        if option is not None:
            _without_default(judge, option, f"arrives in {found[0].shown}")
        elif not any(
            tag.name == name and tag.is_declared(judge.plan.declared) for tag in trace.template.tags
        ):
            judge.add(
                parts.TEMPLATE,
                option_from_nowhere.RULE,
                f"{found[0].shown} is the name of a network and takes it from {name},"
                " which config.json does not declare: it is always empty",
                hint="declare the option in config.json, or correct its name in the template",
                offset=next((tag.start for tag in trace.template.tags if tag.name == name), None),
            )
    for option in judge.plan.declared.values():
        if not option.declared and option.name not in reported and names.is_unset_name_path(option.path):
            _without_default(judge, option, "has the name of a network's name")
    _label_variables(judge)


def _without_default(judge: Judge, option: Option, why: str) -> None:
    judge.add(
        parts.CONFIG,
        network_from_user_options.RULE,
        f"{option.name} {why} and has no default: only the options of an installation name the network",
        hint="look for it in the stored options of each service, and change it there",
        offset=judge.at(option),
        pointer=option.pointer.removesuffix("/default"),
    )


def _label_variables(judge: Judge) -> None:
    trace = judge.plan.trace
    if trace is None or judge.facts is None or not judge.facts.label_variables or not trace.parsed:
        return
    sent = {name for rendered in trace.parsed for name in places.variables(rendered.app)}
    for variable in sorted(judge.facts.label_variables - sent):
        judge.add(
            parts.TEMPLATE,
            label_variable_from_nowhere.RULE,
            f"the service specification takes the labels of a network from {variable},"
            " which this template never sets",
            hint="use one name for the variable in both files",
        )


def flags(judge: Judge) -> None:
    """Flags that do not exist."""
    trace = judge.plan.trace
    if trace is None:
        return
    groups = {path[:end] for path in judge.plan.declared for end in range(1, len(path))}
    reported: set[str] = set()
    for tag in trace.template.tags:
        if not tag.opens or tag.inverted or tag.name in reported:
            continue
        if tag.is_declared(judge.plan.declared) or tag.is_declared(groups):
            continue
        last = tag.name.rpartition(".")[2]
        if last in ("isEmpty", "asJson") or tag.name.startswith("resource."):
            continue
        encloses = any(
            inner.sections
            and any(section.name == tag.name and not section.inverted for section in inner.sections)
            and any(inner.means(option.option.path) for option in judge.plan.options)
            for inner in trace.template.tags
        ) or any(
            section.name == tag.name and not section.inverted
            for literal in judge.plan.literals
            for section in trace.template.around(literal.start)
        )
        if encloses or re.search(r"virtual[-_]?network", tag.name, re.IGNORECASE):
            reported.add(tag.name)
            judge.add(
                parts.TEMPLATE,
                flag_from_nowhere.RULE,
                f"the section {tag.name} needs an option that config.json does not declare:"
                " the network in it can never be switched on",
                hint="declare the flag in config.json, or correct its name in the template",
                offset=tag.start,
            )


def archive(judge: Judge) -> None:
    """A flag for virtual networks whose network is named in the scheduler's archive."""
    trace = judge.plan.trace
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
    if not switches or judge.facts is not None:
        return
    variable = min(switches)
    offset = judge.content.texts[parts.TEMPLATE].find(f'"{variable}"')
    judge.add(
        parts.TEMPLATE,
        name_in_archive.RULE,
        f"{judge.shown} switches virtual networks on with {variable} but has no option for the network's"
        " name: it is written in the svc.yml inside the scheduler's archive",
        hint="run this over the framework's source tree and rebuild the archive, or patch the svc.yml in"
        " scheduler.zip, host it under a new address and let assets.uris in resource.json point at it",
        offset=offset if offset >= 0 else None,
    )
