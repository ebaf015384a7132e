"""A field's name is written in another case than Calico's.

calicoctl takes it for the field all the same; other tools and versions need not.

Example:
    spec:
      CIDR: 10.1.0.0/16

Write the name as Calico does: `cidr`.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__,
    Severity.INFO,
    source="Go encoding/json (fields are matched without regard to case)",
)
