"""A rule's action is none that Calico has.

The actions are `Allow`, `Deny`, `Log` and `Pass`, with a capital letter, and every rule needs one.

Example:
    ingress:
    - action: allow

Write `action: Allow`.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__,
    Severity.ERROR,
    source=("projectcalico/libcalico-go dda4a7964ffa lib/validator/v3/validator.go (validateAction)"),
)
