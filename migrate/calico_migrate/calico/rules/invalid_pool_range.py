"""Calico refuses the pool's range.

`cidr` is needed, with a mask and without host bits; it must not overlap 169.254.0.0/16 or fe80::/10, and
must hold at least one block unless the pool is disabled.

Example:
    spec:
      cidr: 10.1.0.7/16

Write the range by its first address: `10.1.0.0/16`.
"""

from calico_core.rules import error

RULE = error(
    __name__,
    source="projectcalico/libcalico-go dda4a7964ffa lib/clientv3/ippool.go; "
    "projectcalico/libcalico-go dda4a7964ffa lib/validator/v3/validator.go "
    "(validateIPPoolSpec)",
)
