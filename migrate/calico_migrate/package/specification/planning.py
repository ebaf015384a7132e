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
from calico_migrate.mustache import tokens
from calico_migrate.package.rules import (
    further_yaml_document,
    hidden_template_text,
    network_key_from_option,
    pods_restart,
    service_network,
    unreadable_service_spec,
)
from calico_migrate.package.specification import checks as service_spec_checks
from calico_migrate.package.specification import networks as service_spec_networks
from calico_migrate.package.specification import proof as service_spec_proof
from calico_migrate.package.specification.checks import Collected
from calico_migrate.package.specification.sites import Sites
from calico_migrate.package.specification.views import Views

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from calico_core.findings import Finding
    from calico_migrate.mustache.template import Section, Variable
    from calico_migrate.network_map import NetworkMap
    from calico_migrate.package.specification.networks import NetworkKey
    from calico_migrate.package.specification.sites import Site

_PODS = re.compile(r"""^\ufeff?["']?pods["']?[ \t]*:|[{,]\s*["']?pods["']?\s*:""", re.MULTILINE)
_MARK = "\ufeff"
# What may stand at the start of a line that is not indented, in a file that is meant to be a specification.
_OUTER_LINE = re.compile(r"""#|\{\{|<%|---|\.\.\.|%|[\w-]+[ \t]*:(?:\s|$)|["'][\w-]+["'][ \t]*:|[}\]]""")
_INNER_KEY = re.compile(r"^[ \t]+(?:tasks|networks|resource-sets?|count)[ \t]*:", re.MULTILINE)


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


def may_be(text: str) -> bool:
    """Whether a text is worth planning for: cheap, and true for every service specification."""
    return _PODS.search(text) is not None


def plan(text: str, network_map: NetworkMap, *, option_of: Callable[[str], str | None] | None = None) -> Plan:
    """The edits and findings for one text.

    ``option_of`` names the package's option that feeds an environment variable, where that is known.
    Raises InputError, with line and column, where the template's tags do not balance, and where the text
    parses in no rendering and may name an old network; VerificationError where the proof fails.
    """
    body = text.removeprefix(_MARK)
    planned = _plan(body, network_map, option_of or _unknown_option)
    shift = len(text) - len(body)
    if not shift:
        return planned
    # libyaml does not count a byte order mark, and neither do lines and columns.
    return planned._replace(
        edits=tuple(edit._replace(start=edit.start + 1, end=edit.end + 1) for edit in planned.edits),
        variables=tuple(key._replace(offset=key.offset + 1) for key in planned.variables),
    )


def _unknown_option(_: str) -> None:
    return None


def _plan(text: str, network_map: NetworkMap, option_of: Callable[[str], str | None]) -> Plan:
    try:
        template = tokens.parse(text)
    except InputError:
        if _is_meant(text):
            raise
        return Plan(recognised=False)
    views = Views(template)
    views.see_everything()
    findings = Collected(text)
    if not views.seen:
        return _unreadable(views, network_map, findings)
    if not any(service_spec_networks.is_service_spec(view.document.root) for view in views.seen):
        return Plan(recognised=False)
    sites = Sites(template, views, network_map.names, findings)
    movable = sites.movable()
    for view in views.seen:
        service_spec_checks.check_pods(view, sites.pods(view), network_map, findings)
    variables = _variables(views, sites, findings, option_of)
    _tell_unseen(views, network_map, findings)
    edits = tuple(_edit(site, network_map.names[site.key.name]) for site in movable)
    if edits:
        _tell_restart(movable, findings)
        service_spec_proof.prove(text, edits, [(view, sites.keys(view)) for view in views.seen])
    return Plan(True, edits, findings.sorted(), variables)


def _edit(site: Site, new: str) -> Edit:
    name = site.key.name
    return Edit(site.span.start, site.span.end, new, service_network.RULE.id, site.key.pointer, name, new)


def _is_meant(text: str) -> bool:
    """Whether a text that can't be read is a broken service specification, and not a page or a program."""
    return (
        re.search(r"^pods[ \t]*:", text, re.MULTILINE) is not None
        and _INNER_KEY.search(text) is not None
        and all(
            _OUTER_LINE.match(line) is not None
            for line in text.splitlines()
            if line.strip() and not line[0].isspace()
        )
    )


def _unreadable(views: Views, network_map: NetworkMap, findings: Collected) -> Plan:
    text = views.template.text
    if not _is_meant(text):
        return Plan(recognised=False)
    failure = views.failures[0]
    message = f"this service specification parses in no rendering; {failure.setting.title}: {failure.message}"
    if _mentions(text, network_map):
        place = Lines(text).position(failure.offset)
        raise InputError(
            f"{message}; it may name a network, so look at it yourself", line=place.line, column=place.column
        )
    findings.add(unreadable_service_spec.finding(message), failure.offset)
    return Plan(recognised=True, findings=findings.sorted())


def _mentions(text: str, network_map: NetworkMap) -> bool:
    """Whether an old name stands in the text as a word of its own."""
    names = "|".join(map(re.escape, network_map.names))
    return re.search(rf"(?<![\w./-])(?:{names})(?![\w./-])", text) is not None


def _variables(
    views: Views, sites: Sites, findings: Collected, option_of: Callable[[str], str | None]
) -> tuple[VariableKey, ...]:
    found: dict[int, tuple[Variable | Section, NetworkKey]] = {}
    for view in views.seen:
        for key in sites.keys(view):
            for tag in key.origin.tags if key.origin is not None else ():
                found.setdefault(tag.start, (tag, key))
    named = tuple(VariableKey(tag.name, offset, key.pointer) for offset, (tag, key) in sorted(found.items()))
    for variable in named:
        pod = found[variable.offset][1].pod
        option = option_of(variable.name)
        finding = network_key_from_option.finding(pod, variable.name, option)
        findings.add(finding, variable.offset, variable.pointer)
    return named


def _tell_unseen(views: Views, network_map: NetworkMap, findings: Collected) -> None:
    text = views.template.text
    for first, last in service_spec_checks.ranges(text, views.hidden()):
        mentions = _mentions(text[first:last], network_map)
        findings.add(hidden_template_text.finding(mentions=mentions), first)
    if any(view.document.more for view in views.seen):
        findings.add(further_yaml_document.finding(), 0)


def _tell_restart(sites: Sequence[Site], findings: Collected) -> None:
    names = ", ".join(dict.fromkeys(site.key.pod for site in sites if not site.key.in_container))
    if names:
        findings.add(pods_restart.of_pods(names), sites[0].span.start)
