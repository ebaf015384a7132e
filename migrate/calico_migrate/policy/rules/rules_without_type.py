"""A policy has rules of a direction that its `types` leave out.

Where `types` is given, only the directions in it count; rules of the other direction are ignored, and
traffic in that direction stays as it was.

Example:
    spec:
      types: [Ingress]
      egress:
      - action: Deny

Add the direction to `types`, or remove the rules.
"""

from calico_core.rules import Findings, warning
from calico_migrate.policy.checking.context import Context

RULE = warning(
    __name__,
    source="projectcalico/libcalico-go dda4a7964ffa lib/clientv3/globalnetworkpolicy.go "
    "(defaultPolicyTypesField); projectcalico/felix v3.14.0 rules/endpoints.go",
)


_TYPES = {"ingress": "Ingress", "egress": "Egress"}


def check(context: Context) -> Findings:
    """Reports rules that are never asked because of `types`."""
    for item, _ in context.policies:
        spec = item.resource.spec
        types = spec.get("types")
        for direction, name in _TYPES.items():
            if types and name not in types and spec.get(direction):
                yield context.finding(
                    item,
                    RULE,
                    ("spec", direction),
                    f"types has no {name}, so that these {direction} rules are ignored",
                    f"add {name} to types, or remove the rules",
                )
