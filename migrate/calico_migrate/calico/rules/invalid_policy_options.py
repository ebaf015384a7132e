"""Options of a GlobalNetworkPolicy contradict each other.

`doNotTrack` and `preDNAT` exclude each other, each needs `applyOnForward: true`, and a policy with
`preDNAT` has neither egress rules nor the type `Egress`.

Example:
    spec:
      preDNAT: true

Add `applyOnForward: true`, or remove the option: it works for host endpoints only.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__,
    Severity.ERROR,
    source=(
        "projectcalico/libcalico-go dda4a7964ffa lib/validator/v3/validator.go (validateGlobalNetworkPolicy)"
    ),
)
