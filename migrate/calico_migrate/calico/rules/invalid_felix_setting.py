"""Calico refuses a setting of a FelixConfiguration.

Log levels, actions and modes are spelled exactly as documented, addresses are of IPv4 without a mask, port
ranges have no names, and numbers lie in their range.

Example:
    spec:
      defaultEndpointToHostAction: drop

Write `Drop`, or what the message says.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__,
    Severity.ERROR,
    source=(
        "projectcalico/libcalico-go dda4a7964ffa lib/validator/v3/validator.go (validateFelixConfigSpec)"
    ),
)
