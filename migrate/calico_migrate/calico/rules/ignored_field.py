"""A field is accepted and has no effect.

`ipip` of an IPPool is left over from Calico's first API: the validator lets it pass where its mode is
spelled in the new way, and nothing reads it.

Example:
    spec:
      cidr: 10.1.0.0/16
      ipip:
        mode: Always

Use `ipipMode`.
"""

from calico_core.rules import warning

RULE = warning(__name__, source="projectcalico/libcalico-go dda4a7964ffa lib/apis/v3/ippool.go")
