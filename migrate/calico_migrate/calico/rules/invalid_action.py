"""A rule's action is none that Calico has.

The actions are `Allow`, `Deny`, `Log` and `Pass`, with a capital letter, and every rule needs one.

Example:
    ingress:
    - action: allow

Write `action: Allow`.
"""

from calico_core.rules import error

RULE = error(
    __name__, source="projectcalico/libcalico-go dda4a7964ffa lib/validator/v3/validator.go (validateAction)"
)
