"""An option is the name of a network, though its own name does not say so.

Its value arrives where the name of a network belongs, so that its default is changed. The paths that packages
use for such an option end in ``virtual_network_name``, ``virtual_network``, ``cni_network_name``,
``network-name``, ``network_name`` or ``virtual-network.name``; people and tools that look for those miss it.

Example:
    "overlay": {"type": "string", "default": "dcos"}
    "VIRTUAL_NETWORK_NAME": "{{service.overlay}}"

Give the option one of the usual names in the package's next major release.
"""

from calico_core.rules import Findings, warning
from calico_migrate.package.universe import parts
from calico_migrate.package.universe.subject import WiredPackage

RULE = warning(__name__, source="mesosphere/universe, names of network options in 185 packages")


def check(package: WiredPackage) -> Findings:
    """Each option whose own name does not say that it is a network's."""
    for option in package.plan.options:
        if option.by_flow and not option.by_name:
            yield package.finding(
                parts.CONFIG,
                RULE,
                f"{option.option.name} is the name of a network by its flow only:"
                f" it arrives in {option.networks[0].shown}, though its own name does not say so",
                hint="give it one of the usual names, such as virtual_network_name, in a later release",
                offset=package.at(option.option),
                pointer=option.option.pointer,
            )
