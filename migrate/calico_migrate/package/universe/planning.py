"""What becomes of one package: which options and literals name the old network, and the edits for them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from calico_core.errors import InputError, VerificationError
from calico_core.json.pointers import keys_of
from calico_core.json.scanning import may_say
from calico_core.spans import Edit
from calico_migrate.package import names
from calico_migrate.package.rules import network_literal, network_option
from calico_migrate.package.universe import parts
from calico_migrate.package.universe.apps import complete, verify
from calico_migrate.package.universe.following import follow
from calico_migrate.package.universe.json_files import duplicates
from calico_migrate.package.universe.places import PlaceKind
from calico_migrate.package.universe.plan import Literal, NetworkOption, PackagePlan
from calico_migrate.package.universe.tracing import network_places

if TYPE_CHECKING:
    from calico_core.spans import Span
    from calico_migrate.network_map import NetworkMap
    from calico_migrate.package.specification.variables import SpecificationFacts
    from calico_migrate.package.universe.content import Content
    from calico_migrate.package.universe.schema import Option


def plan(content: Content, network_map: NetworkMap, facts: SpecificationFacts | None = None) -> PackagePlan:
    """The plan for a package; ``facts`` come from the service specifications at hand, None for none.

    Raises InputError where config.json has a key twice and would be edited: which of the two counts is then
    for a human to say.
    """
    result = PackagePlan(content, network_map)
    config = content.texts.get(parts.CONFIG, "")
    wired = names.may_wire_network(content.texts.get(parts.TEMPLATE, ""))
    if not wired and facts is None and not may_say(config, network_map.names):
        return result
    candidates = [
        option
        for option in result.declared.values()
        if isinstance(option.default, str)
        and option.default in network_map.names
        and _is_text(option.schema.get("type"))
    ]
    if not wired and not _is_of_interest(content, candidates, facts):
        return result
    follow(result, candidates, network_map)
    variables = facts.network_variables if facts is not None else None
    _judge_options(result, candidates, network_map, variables)
    _judge_literals(result, network_map, variables)
    complete(result)
    _plan_edits(result)
    if result.changed:
        verify(result)
    return result


def _is_text(kind: Any) -> bool:
    """Whether a declared type takes texts."""
    return kind is None or kind == "string" or (isinstance(kind, list) and "string" in kind)


def _is_of_interest(content: Content, candidates: list[Option], facts: SpecificationFacts | None) -> bool:
    template = content.texts.get(parts.TEMPLATE, "")
    return any(
        names.is_name_path(option.path) or names.is_provider_path(option.path) for option in candidates
    ) or (facts is not None and any(variable in template for variable in facts.network_variables))


def _judge_options(
    result: PackagePlan,
    candidates: list[Option],
    network_map: NetworkMap,
    variables: frozenset[str] | None,
) -> None:
    by_path = {
        mark.path: name
        for name, mark in (result.marker.marks if result.marker else {}).items()
        if mark.path is not None
    }
    for option in candidates:
        old = str(option.default)
        mark = by_path[option.path]
        arrivals = tuple(result.trace.arrivals.get(mark, ())) if result.trace is not None else ()
        judged = NetworkOption(
            option,
            old,
            network_map.names[old],
            mark,
            names.is_name_path(option.path),
            arrivals,
            tuple(network_places(arrivals, variables)),
            refusal(option, network_map.names[old]),
        )
        is_network = (judged.by_name or judged.by_flow) and not names.is_provider_path(option.path)
        (result.options if is_network else result.others).append(judged)


def refusal(option: Option, new: str) -> str:
    """Why the option's own schema would refuse the new name; empty where it takes it."""
    allowed = option.schema.get("enum")
    if isinstance(allowed, list) and new not in allowed:
        return "its enum does not list the new name"
    pattern = option.schema.get("pattern")
    if isinstance(pattern, str):
        try:
            if re.search(pattern, new) is None:
                return f"the new name does not match its pattern {pattern}"
        except re.error:
            return f"its pattern {pattern} cannot be read here, so that the new name cannot be checked"
    longest = option.schema.get("maxLength")
    if isinstance(longest, int) and len(new) > longest:
        return f"the new name is longer than its maxLength {longest}"
    shortest = option.schema.get("minLength")
    if isinstance(shortest, int) and len(new) < shortest:
        return f"the new name is shorter than its minLength {shortest}"
    return ""


def _judge_literals(result: PackagePlan, network_map: NetworkMap, variables: frozenset[str] | None) -> None:
    if result.marker is None or result.trace is None:
        return
    for name, mark in result.marker.marks.items():
        if mark.start is None:
            continue
        arrivals = tuple(result.trace.arrivals.get(name, ()))
        networks = tuple(network_places(arrivals, variables))
        literal = Literal(mark.start, mark.network, network_map.names[mark.network], name, arrivals, networks)
        if any(place.kind is PlaceKind.NETWORK for place in networks):
            result.literals.append(literal)
        elif networks:
            result.loose_literals.append(literal)


def _plan_edits(result: PackagePlan) -> None:
    config = result.content.documents.get(parts.CONFIG)
    edited = [option for option in result.options if not option.refusal]
    if config is not None and edited:
        if config.has_duplicates:
            twice = duplicates(config.text)[0]
            raise InputError(
                f"has the key {twice.key!r} twice in one object, so that it is not edited;"
                " remove the one that does not count, then run this again",
                line=twice.line,
                column=twice.column,
            )
        for option in edited:
            span = _span(result.content, option.option)
            result.edits.setdefault(parts.CONFIG, []).append(
                Edit(
                    span.start,
                    span.end,
                    json.dumps(option.new),
                    network_option.RULE.id,
                    option.option.pointer,
                    option.old,
                    option.new,
                )
            )
    if result.structural:
        result.edits.setdefault(parts.TEMPLATE, []).extend(result.structural)
    for literal in result.literals:
        pointer = next(place.pointer for place in literal.networks if place.kind is PlaceKind.NETWORK)
        result.edits.setdefault(parts.TEMPLATE, []).append(
            Edit(
                literal.start,
                literal.start + len(literal.old),
                literal.new,
                network_literal.RULE.id,
                pointer if result.marker is None else result.marker.put_back(pointer),
                literal.old,
                literal.new,
            )
        )


def _span(content: Content, option: Option) -> Span:
    locator = content.locator(parts.CONFIG)
    if locator is None:
        raise VerificationError("an option of a config.json that is not there was planned")
    return locator.span(keys_of(option.pointer))
