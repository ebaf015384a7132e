"""An option may name the network, but nothing proves it.

Its default equals the old name, and it chooses a network provider. The first Kubernetes packages describe
it as the DC/OS network for their workloads, but their schedulers are not public. It is not edited.

Example: "network_provider": {"type": "string", "default": "dcos"}

Try the new name in the options of a test installation before you rely on it.
"""

from calico_core.rules import Findings, warning
from calico_migrate.package import names
from calico_migrate.package.universe import parts
from calico_migrate.package.universe.subject import WiredPackage

RULE = warning(__name__, source="mesosphere/universe, packages kubernetes and beta-kubernetes (1.x)")


def check(package: WiredPackage) -> Findings:
    """Each option that may be the name of the network as well as that of its provider."""
    for option in package.plan.others:
        arrives = [
            place
            for place in option.arrivals
            if place.variable is not None and names.is_network_like(place.variable)
        ]
        if names.is_provider_path(option.option.path) or arrives:
            where = f", and it arrives in {arrives[0].shown}" if arrives else ""
            yield package.finding(
                parts.CONFIG,
                RULE,
                f"{option.option.name} is {option.old!r} by default{where}; whether that is the name of the"
                " network cannot be known, so it stays",
                hint=f"try {option.new!r} in the options of a test installation",
                offset=package.at(option.option),
                pointer=option.option.pointer,
            )
