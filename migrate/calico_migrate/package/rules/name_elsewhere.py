"""The name of the network also arrives in a place that is none of a network.

The option's value is used in a command, an address or another text of the app as well. That text changes
together with the network.

Example: "cmd": "./start --interface {{service.virtual_network_name}}"

Check that the changed text is what the service needs.
"""

from calico_core.rules import Findings, warning
from calico_migrate.package.universe import parts
from calico_migrate.package.universe.places import PlaceKind
from calico_migrate.package.universe.subject import WiredPackage

RULE = warning(__name__, source="DC/OS 2.2 documentation, Calico networking")


def check(package: WiredPackage) -> Findings:
    """Each further place of an option that is edited."""
    for option in package.plan.options:
        for place in option.arrivals:
            if place.kind is not PlaceKind.LABEL and place not in option.networks and not option.refusal:
                yield package.finding(
                    parts.CONFIG,
                    RULE,
                    f"the value of {option.option.name} also arrives in {place.shown}, which changes with it",
                    hint="check that the changed text is what the service needs",
                    offset=package.at(option.option),
                    pointer=option.option.pointer,
                )
