"""The name of the network is also passed on as a label.

The option for the network's name arrives in a label of the app or in a variable for the network's labels. The
label changes together with the network. Whatever selects by that label, such as a Calico policy, must know
the new value.

Example:
    "VIRTUAL_NETWORK_LABELS": "{{service.virtual_network_name}}"

Pass the labels' own option on instead, or change what selects by the label.
"""

from calico_core.rules import Findings, warning
from calico_migrate.package.universe import parts
from calico_migrate.package.universe.places import PlaceKind
from calico_migrate.package.universe.subject import WiredPackage

RULE = warning(__name__, source="mesosphere/universe, packages spark and kibana")


def check(package: WiredPackage) -> Findings:
    """Each label of a network that has the value of a network's name."""
    for option in package.plan.options:
        for place in option.arrivals:
            if place.kind is PlaceKind.LABEL:
                yield package.finding(
                    parts.CONFIG,
                    RULE,
                    f"the value of {option.option.name} is also a label of the network, in {place.shown}",
                    hint="pass the labels' own option on, or change what selects by the label",
                    offset=package.at(option.option),
                    pointer=option.option.pointer,
                )
