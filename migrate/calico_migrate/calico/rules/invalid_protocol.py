"""A protocol is none that Calico has.

The names are `TCP`, `UDP`, `ICMP`, `ICMPv6`, `SCTP` and `UDPLite`, spelled exactly so; any other
protocol is a number from 1 to 255.

Example:
    ingress:
    - action: Allow
      protocol: tcp

Write `protocol: TCP`.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__,
    Severity.ERROR,
    source=("projectcalico/libcalico-go dda4a7964ffa lib/validator/v3/validator.go (validateProtocol)"),
)
