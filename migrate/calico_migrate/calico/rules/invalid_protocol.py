"""A protocol is none that Calico has.

The names are `TCP`, `UDP`, `ICMP`, `ICMPv6`, `SCTP` and `UDPLite`, spelled exactly so; any other
protocol is a number from 1 to 255.

Example:
    ingress:
    - action: Allow
      protocol: tcp

Write `protocol: TCP`.
"""

from calico_core.rules import error

RULE = error(
    __name__,
    source="projectcalico/libcalico-go dda4a7964ffa lib/validator/v3/validator.go (validateProtocol)",
)
