"""Calico refuses the resource's name.

A name has lower case letters, digits, `-` and `.`, and at most 253 bytes; the name of a NetworkPolicy or
GlobalNetworkPolicy has no dots. Every resource needs one. The profile `projectcalico-default-allow` is
Calico's own.

Example:
    metadata:
      name: allow_web

Choose another name: `allow-web`.
"""

from calico_core.rules import error

RULE = error(
    __name__,
    source="projectcalico/libcalico-go dda4a7964ffa lib/validator/v3/validator.go "
    "(validateObjectMeta, validateNetworkPolicy, validateGlobalNetworkPolicy)",
)
