"""A network or address cannot be read, or IP versions are mixed.

In rules a network needs a mask and no host bits: `10.0.0.1/32`, not `10.0.0.1` or `10.0.0.1/8`. A rule
cannot have IPv4 and IPv6 networks, and they must be of its `ipVersion`.

Example:
    source:
      nets: [10.0.0.1]

Write the network with its mask, and one rule for each IP version.
"""

from calico_core.rules import error

RULE = error(
    __name__,
    source="projectcalico/libcalico-go dda4a7964ffa lib/validator/v3/validator.go "
    "(validateRule, validateCIDR); projectcalico/libcalico-go dda4a7964ffa lib/net",
)
