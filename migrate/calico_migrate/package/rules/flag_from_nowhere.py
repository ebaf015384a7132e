"""A template asks for a network flag that config.json does not declare.

A section whose option does not exist is never rendered: the virtual network can never be switched on, and
neither the old nor the new name has any effect.

Example:
    {{#service.virtual_network}}
    "VIRTUAL_NETWORK_NAME": "{{nodes.virtual_network}}",
    {{/service.virtual_network}}

Declare the flag in ``config.json``, or correct its name in the template.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(__name__, Severity.WARNING, source="mesosphere/universe, package beta-cassandra release 3")
