"""Calico refuses the size of the pool's blocks.

`blockSize` is from 20 to 32 for IPv4 (26 where it is not given) and from 116 to 128 for IPv6 (122).

Example:
    spec:
      cidr: 10.1.0.0/16
      blockSize: 16

Choose a size in that range; it cannot be changed later.
"""

from calico_core.rules import error

RULE = error(__name__, source="projectcalico/libcalico-go dda4a7964ffa lib/clientv3/ippool.go")
