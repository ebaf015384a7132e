"""Calico refuses the pool's encapsulation.

`ipipMode` and `vxlanMode` are `Always`, `CrossSubnet` or `Never`, with capital letters; only one of
them may be on, and neither for IPv6.

Example:
    spec:
      cidr: 10.1.0.0/16
      vxlanMode: Always
      ipipMode: Always

Keep the mode of the cluster, and remove the other.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__,
    Severity.ERROR,
    source=(
        "projectcalico/libcalico-go dda4a7964ffa lib/validator/v3/validator.go "
        "(validateIPIPMode, validateVXLANMode, validateIPPoolSpec)"
    ),
)
