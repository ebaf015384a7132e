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

from calico_core.rules import error

RULE = error(
    __name__,
    source="projectcalico/libcalico-go dda4a7964ffa lib/validator/v3/validator.go "
    "(validateIPIPMode, validateVXLANMode, validateIPPoolSpec)",
)
