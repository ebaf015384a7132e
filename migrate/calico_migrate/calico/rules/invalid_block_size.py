"""Calico refuses the size of the pool's blocks.

`blockSize` is from 20 to 32 for IPv4 (26 where it is not given) and from 116 to 128 for IPv6 (122).

Example:
    spec:
      cidr: 10.1.0.0/16
      blockSize: 16

Choose a size in that range; it cannot be changed later.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__,
    Severity.ERROR,
    source="projectcalico/libcalico-go dda4a7964ffa lib/clientv3/ippool.go",
)
