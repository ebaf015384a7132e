"""What follows for clusters once an edited package is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_migrate.package import sdk
from calico_migrate.package.rules import (
    docker_network_needed,
    moves_by_default,
    pods_restart,
    sdk_refuses_update,
    version_update_enterprise,
)
from calico_migrate.package.universe import content as parts
from calico_migrate.package.universe import places
from calico_migrate.package.universe.places import PlaceKind

if TYPE_CHECKING:
    from calico_migrate.package.universe.judging import Judge
    from calico_migrate.package.universe.plan import NetworkOption
    from calico_migrate.package.universe.templates import Section


def tell(judge: Judge) -> None:
    """What follows for clusters once the edited package is used."""
    plan, content = judge.plan, judge.content
    template = content.texts.get(parts.TEMPLATE, "")
    edited = [option for option in plan.options if not option.refusal]
    _moves(judge, edited)
    version = (
        judge.sdk_version
        or sdk.version_in_resources(content.value(parts.RESOURCE))
        or sdk.version_in_tags(content.package)
    )
    if version is not None and version.refuses_update and sdk.is_scheduler(template):
        judge.add(
            parts.CONFIG,
            sdk_refuses_update.RULE,
            f"{judge.shown} is built on SDK {version}, which refuses to move a running service to another"
            " virtual network",
            hint="build it with SDK 0.19.3 or newer first, or install the service anew",
        )
    if plan.trace is not None and _joins_through_docker(judge):
        judge.add(
            parts.TEMPLATE,
            docker_network_needed.RULE,
            f"{judge.shown} joins its network through the Docker engine: each agent needs a Docker network"
            f" named {next(iter(plan.becomes.values()))!r}",
            hint="check `docker network ls` on the agents; `calico-migrate network generate` writes what"
            " makes it",
        )
    if sdk.is_scheduler(template):
        judge.add(
            parts.CONFIG,
            pods_restart.RULE,
            f"an update of {content.name or 'the service'} restarts every pod that is on the network",
            hint="follow the plan until it is complete, and check the pods' addresses",
        )
    judge.add(
        parts.CONFIG,
        version_update_enterprise.RULE,
        "open DC/OS refuses to update a running service to another version of its package;"
        " Enterprise DC/OS does it",
        hint="on open DC/OS update the options of the running service, or install it anew",
    )


def _moves(judge: Judge, edited: list[NetworkOption]) -> None:
    trace = judge.plan.trace
    if trace is None:
        return
    for option in edited:
        at_once = [place for place in trace.by_default.get(option.mark, ()) if place in option.networks]
        if at_once:
            _moves_by(
                judge,
                [tag.sections for tag in judge.plan.tags_of(option.option.path)],
                f"the default of {option.option.name}",
                parts.CONFIG,
                judge.at(option.option),
            )
    for literal in judge.plan.literals:
        if trace.by_default.get(literal.mark) and judge.content.template is not None:
            _moves_by(
                judge,
                [judge.content.template.around(literal.start)],
                "the name in the template",
                parts.TEMPLATE,
                literal.start,
            )


def _moves_by(
    judge: Judge, nestings: list[tuple[Section, ...]], what: str, part: str, offset: int | None
) -> None:
    declared = judge.plan.declared
    flags: dict[bool, set[str]] = {True: set(), False: set()}
    for section in (section for nesting in nestings for section in nesting):
        option = declared.get(section.path(declared))
        if option is not None and option.is_flag and bool(option.default) is not section.inverted:
            flags[not section.inverted].add(option.name)
    reasons = [
        f"its flag {', '.join(sorted(names))} is {'on' if on else 'off'} by default"
        for on, names in flags.items()
        if names
    ]
    why = " and ".join(reasons) or "no flag switches it off"
    judge.add(
        part,
        moves_by_default.RULE,
        f"a plain installation of {judge.shown} joins the network by {what}: {why}",
        offset=offset,
    )


def _joins_through_docker(judge: Judge) -> bool:
    trace = judge.plan.trace
    edited = judge.plan.becomes
    return trace is not None and any(
        place.mark in edited and place.kind is PlaceKind.NETWORK
        for rendered in trace.parsed
        if places.uses_docker_network(rendered.app)
        for place in places.places(rendered.app, trace.marker.pattern)
    )
