"""A template takes the name of a network from an option that config.json does not declare.

A value that nothing answers to is rendered as empty, so that the service starts without the name of its
network, whatever the operator chose.

Example:
    "VIRTUAL_NETWORK_NAME": "{{node.virtual_network}}"

Declare the option in ``config.json``, with the new network as its default, or correct its name in the
template.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__,
    Severity.WARNING,
    source="mesosphere/universe, packages percona-mongo and portworx-percona-mongo",
)
