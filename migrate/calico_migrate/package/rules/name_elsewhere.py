"""The name of the network also arrives in a place that is none of a network.

The option's value is used in a command, an address or another text of the app as well. That text changes
together with the network.

Example: "cmd": "./start --interface {{service.virtual_network_name}}"

Check that the changed text is what the service needs.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(__name__, Severity.WARNING, source="DC/OS 2.2 documentation, Calico networking")
