"""A template asks for a network flag that config.json does not declare.

A section whose option does not exist is never rendered: the virtual network can never be switched on, and
neither the old nor the new name has any effect.

Example:
    {{#service.virtual_network}}
    "VIRTUAL_NETWORK_NAME": "{{nodes.virtual_network}}",
    {{/service.virtual_network}}

Declare the flag in ``config.json``, or correct its name in the template.
"""

import re

from calico_core.rules import Findings, warning
from calico_migrate.package.universe import parts
from calico_migrate.package.universe.subject import WiredPackage

RULE = warning(__name__, source="mesosphere/universe, package beta-cassandra release 3")


def check(package: WiredPackage) -> Findings:
    """Each section around a network whose flag config.json does not declare."""
    trace, declared = package.plan.trace, package.plan.declared
    if trace is None or parts.CONFIG not in package.content.texts:
        return
    undeclared = [
        tag for tag in trace.template.tags if tag.opens and not tag.inverted and not tag.is_declared(declared)
    ]
    groups = {path[:end] for path in declared for end in range(1, len(path))} if undeclared else set()
    reported: set[str] = set()
    for tag in undeclared:
        if tag.name in reported or tag.is_declared(groups):
            continue
        last = tag.name.rpartition(".")[2]
        if last in ("isEmpty", "asJson") or tag.name.startswith("resource."):
            continue
        if _encloses(package, tag.name) or re.search(r"virtual[-_]?network", tag.name, re.IGNORECASE):
            reported.add(tag.name)
            yield package.finding(
                parts.TEMPLATE,
                RULE,
                f"the section {tag.name} needs an option that config.json does not declare:"
                " the network in it can never be switched on",
                hint="declare the flag in config.json, or correct its name in the template",
                offset=tag.start,
            )


def _encloses(package: WiredPackage, name: str) -> bool:
    """Whether the section stands around the name of a network."""
    plan = package.plan
    if plan.trace is None:
        return False
    template = plan.trace.template
    return any(
        inner.sections
        and any(section.name == name and not section.inverted for section in inner.sections)
        and any(inner.means(option.option.path) for option in plan.options)
        for inner in template.tags
    ) or any(
        section.name == name and not section.inverted
        for literal in plan.literals
        for section in template.around(literal.start)
    )
