"""A plain installation of the package joins the network.

The flag for virtual networks is on by default, or one that keeps the service off them is off, or there is
no flag at all, so that every new installation without options of its own lands on the new network. Other
packages wait for the flag.

Example: "virtual_network_enabled": {"type": "boolean", "default": true}

Nothing to do, if this is what you want; the flag stays as it is.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__,
    Severity.INFO,
    source="mesosphere/universe, packages data-science-engine, rabbitmq and kubernetes-cluster",
)
