"""Calico refuses a setting of a FelixConfiguration.

Log levels, actions and modes are spelled exactly as documented, addresses are of IPv4 without a mask, port
ranges have no names, and numbers lie in their range.

Example:
    spec:
      defaultEndpointToHostAction: drop

Write `Drop`, or what the message says.
"""

from calico_core.rules import error

RULE = error(
    __name__,
    source="projectcalico/libcalico-go dda4a7964ffa lib/validator/v3/validator.go (validateFelixConfigSpec)",
)
