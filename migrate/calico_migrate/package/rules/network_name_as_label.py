"""The name of the network is also passed on as a label.

The option for the network's name arrives in a label of the app or in a variable for the network's labels. The
label changes together with the network. Whatever selects by that label, such as a Calico policy, must know
the new value.

Example:
    "VIRTUAL_NETWORK_LABELS": "{{service.virtual_network_name}}"

Pass the labels' own option on instead, or change what selects by the label.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(__name__, Severity.WARNING, source="mesosphere/universe, packages spark and kibana")
