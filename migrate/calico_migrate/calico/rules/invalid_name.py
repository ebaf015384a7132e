"""Calico refuses the resource's name.

A name has lower case letters, digits, `-` and `.`, and at most 253 bytes; the name of a NetworkPolicy or
GlobalNetworkPolicy has no dots. Every resource needs one. The profile `projectcalico-default-allow` is
Calico's own.

Example:
    metadata:
      name: allow_web

Choose another name: `allow-web`.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__,
    Severity.ERROR,
    source=(
        "projectcalico/libcalico-go dda4a7964ffa lib/validator/v3/validator.go "
        "(validateObjectMeta, validateNetworkPolicy, validateGlobalNetworkPolicy)"
    ),
)
