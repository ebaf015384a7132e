"""A port is no port, or ports stand where the protocol has none.

A port is a number from 1 to 65535, a range such as `"8000:8080"`, or a name. Rules with ports need the
protocol `TCP`, `UDP` or `SCTP`, or its number.

Example:
    ingress:
    - action: Allow
      destination:
        ports: [80]

Add `protocol: TCP`, or correct the port.
"""

from calico_core.rules import error

RULE = error(
    __name__,
    source="projectcalico/libcalico-go dda4a7964ffa lib/numorstring/port.go; "
    "projectcalico/libcalico-go dda4a7964ffa lib/validator/v3/validator.go",
)
