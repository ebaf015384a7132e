"""`types` names a direction twice or one that does not exist.

The types are `Ingress` and `Egress`, each at most once, with a capital letter.

Example:
    spec:
      types: [ingress]

Write `types: [Ingress]`.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__,
    Severity.ERROR,
    source=(
        "projectcalico/libcalico-go dda4a7964ffa lib/validator/v3/validator.go "
        "(validatePolicyType, validateNetworkPolicy)"
    ),
)
