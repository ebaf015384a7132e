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

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__,
    Severity.WARNING,
    source="projectcalico/libcalico-go dda4a7964ffa lib/apis/v3/ippool.go",
)
