"""A network option of a package has no effect.

The option's name says that it is the name of a network, but its value arrives nowhere: the template never
uses it, or the service specification does not use the environment variable that it arrives in. Its default
is changed all the same, so that the package tells one story; no service moves by it.

Example:
    "cni_network_name": {"type": "string", "default": "dcos"}
    "networks": [{"mode": "container", "name": "dcos"}]

Pass the option on in ``marathon.json.mustache``, or take it out of ``config.json``.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__,
    Severity.WARNING,
    source="mesosphere/universe, packages beta-mesosphere-jupyter-service and cloudflare-argotunnel",
)
