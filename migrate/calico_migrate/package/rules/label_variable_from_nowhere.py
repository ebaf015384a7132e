"""The service specification takes the labels of a network from a variable that the template never sets.

The labels that an operator gives do not arrive at the network.

Example:
    networks:
      {{VIRTUAL_NETWORK_NAME}}:
        labels: {{CNI_PLUGIN_LABELS}}

Use one name for the variable in both files.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(__name__, Severity.WARNING, source="mesosphere/dcos-commons, sheepkiller/dcos-rabbitmq svc.yml")
