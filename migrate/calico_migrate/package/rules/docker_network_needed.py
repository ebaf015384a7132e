"""The app joins its network through the Docker engine.

Such an app starts only on agents whose Docker engine has a network of the new name. DC/OS makes the network
``calico``; any other must be made on every agent.

Example:
    "container": {"type": "DOCKER", "docker": {"network": "USER"}},
    "ipAddress": {"networkName": "{{service.network-name}}"}

Check ``docker network ls`` on the agents; ``calico-migrate network generate`` writes what makes the network.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__,
    Severity.WARNING,
    source="DC/OS 2.2 documentation, Calico networking; mesosphere/universe, package neo4j",
)
