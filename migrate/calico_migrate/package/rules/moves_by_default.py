"""A plain installation of the package joins the network.

The flag for virtual networks is on by default, or one that keeps the service off them is off, or there is
no flag at all, so that every new installation without options of its own lands on the new network. Other
packages wait for the flag.

Example: "virtual_network_enabled": {"type": "boolean", "default": true}

Nothing to do, if this is what you want; the flag stays as it is.
"""

from collections.abc import Iterable, Sequence

from calico_core.rules import Findings, info
from calico_migrate.package.universe import parts
from calico_migrate.package.universe.subject import EditedPackage
from calico_migrate.package.universe.templates import Section

RULE = info(
    __name__, source="mesosphere/universe, packages data-science-engine, rabbitmq and kubernetes-cluster"
)


def check(package: EditedPackage) -> Findings:
    """Each way in which a plain installation joins the network."""
    plan = package.plan
    if plan.trace is None:
        return
    for option in plan.options:
        at_once = [place for place in plan.trace.by_default.get(option.mark, ()) if place in option.networks]
        if at_once and not option.refusal:
            nestings = [tag.sections for tag in plan.tags_of(option.option.path)]
            yield package.finding(
                parts.CONFIG,
                RULE,
                f"a plain installation of {package.shown} joins the network by the default of"
                f" {option.option.name}: {_why(package, nestings)}",
                offset=package.at(option.option),
            )
    template = package.content.template
    for literal in plan.literals:
        if plan.trace.by_default.get(literal.mark) and template is not None:
            yield package.finding(
                parts.TEMPLATE,
                RULE,
                f"a plain installation of {package.shown} joins the network by the name in the template:"
                f" {_why(package, [template.around(literal.start)])}",
                offset=literal.start,
            )


def _why(package: EditedPackage, nestings: Iterable[Sequence[Section]]) -> str:
    """Which flags are as they must be for it."""
    declared = package.plan.declared
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
    return " and ".join(reasons) or "no flag switches it off"
