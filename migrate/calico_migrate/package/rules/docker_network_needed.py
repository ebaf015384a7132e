"""The app joins its network through the Docker engine.

Such an app starts only on agents whose Docker engine has a network of the new name. DC/OS makes the network
``calico``; any other must be made on every agent.

Example:
    "container": {"type": "DOCKER", "docker": {"network": "USER"}},
    "ipAddress": {"networkName": "{{service.network-name}}"}

Check ``docker network ls`` on the agents; ``calico-migrate network generate`` writes what makes the network.
"""

from calico_core.rules import Findings, warning
from calico_migrate.package.universe import parts, places
from calico_migrate.package.universe.places import PlaceKind
from calico_migrate.package.universe.subject import EditedPackage

RULE = warning(
    __name__, source="DC/OS 2.2 documentation, Calico networking; mesosphere/universe, package neo4j"
)


def check(package: EditedPackage) -> Findings:
    """An app that the Docker engine connects to the network."""
    if _joins_through_docker(package):
        yield package.finding(
            parts.TEMPLATE,
            RULE,
            f"{package.shown} joins its network through the Docker engine: each agent needs a Docker network"
            f" named {next(iter(package.plan.becomes.values()))!r}",
            hint="check `docker network ls` on the agents; `calico-migrate network generate` writes what"
            " makes it",
        )


def _joins_through_docker(package: EditedPackage) -> bool:
    trace = package.plan.trace
    edited = package.plan.becomes
    return trace is not None and any(
        place.mark in edited and place.kind is PlaceKind.NETWORK
        for rendered in trace.parsed
        if places.uses_docker_network(rendered.app)
        for place in places.places(rendered.app, trace.marker.pattern)
    )
