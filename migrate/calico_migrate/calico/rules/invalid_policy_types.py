"""`types` names a direction twice or one that does not exist.

The types are `Ingress` and `Egress`, each at most once, with a capital letter.

Example:
    spec:
      types: [ingress]

Write `types: [Ingress]`.
"""

from calico_core.rules import error

RULE = error(
    __name__,
    source="projectcalico/libcalico-go dda4a7964ffa lib/validator/v3/validator.go "
    "(validatePolicyType, validateNetworkPolicy)",
)
