"""A network option of a package has no effect.

The option's name says that it is the name of a network, but its value arrives nowhere: the template never
uses it, or the service specification does not use the environment variable that it arrives in. Its default
is changed all the same, so that the package tells one story; no service moves by it.

Example:
    "cni_network_name": {"type": "string", "default": "dcos"}
    "networks": [{"mode": "container", "name": "dcos"}]

Pass the option on in ``marathon.json.mustache``, or take it out of ``config.json``.
"""

from calico_core.rules import Findings, warning
from calico_migrate.package.universe import parts
from calico_migrate.package.universe.plan import NetworkOption
from calico_migrate.package.universe.subject import WiredPackage

RULE = warning(
    __name__, source="mesosphere/universe, packages beta-mesosphere-jupyter-service and cloudflare-argotunnel"
)


def check(package: WiredPackage) -> Findings:
    """Each option that is a network's name by its own name and arrives at none."""
    for option in package.plan.options:
        if not option.by_flow:
            yield package.finding(
                parts.CONFIG,
                RULE,
                f"{option.option.name} is the name of a network by its own name only:"
                f" {_why(package, option)}",
                hint="pass the option on in marathon.json.mustache, or take it out",
                offset=package.at(option.option),
                pointer=option.option.pointer,
            )


def _why(package: WiredPackage, option: NetworkOption) -> str:
    plan = package.plan
    if package.content.template is None:
        return "there is no template to follow it through"
    if option.arrivals:
        place = option.arrivals[0]
        if place.variable is not None and package.facts is not None:
            return (
                f"it arrives in {place.shown}, which no service specification at hand"
                " uses as the name of a network"
            )
        return f"it arrives in {place.shown}, which is none of a network"
    if plan.trace is not None and not plan.trace.parsed:
        return "the template renders to no JSON, so that it cannot be followed"
    if plan.tags_of(option.option.path):
        return "no setting that was tried shows where the template uses it"
    return "the template never uses it"
