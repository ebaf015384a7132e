"""An ICMP match cannot be made.

`icmp` needs the protocol `ICMP` or `ICMPv6` by name, a type from 0 to 254 and, where there is a code
(0 to 255), a type too. `ipVersion` is 4 for ICMP and 6 for ICMPv6.

Example:
    ingress:
    - action: Allow
      protocol: TCP
      icmp:
        type: 8

Correct the protocol, or remove the ICMP match.
"""

from calico_core.rules import error

RULE = error(
    __name__,
    source="projectcalico/libcalico-go dda4a7964ffa lib/validator/v3/validator.go "
    "(validateICMPFields, validateRule)",
)
