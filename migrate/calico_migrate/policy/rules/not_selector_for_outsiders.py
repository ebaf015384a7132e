"""`notSelector` of a NetworkPolicy does not match what is not on Calico.

In a NetworkPolicy every selector is limited to the endpoints of its namespace, and so is `notSelector`:
a rule with it matches other Calico endpoints only, never an agent, a task on the overlay, or anything
outside. In a GlobalNetworkPolicy and in a profile it does match these.

Example:
    kind: NetworkPolicy
    spec:
      ingress:
      - action: Allow
        source:
          notSelector: role == 'guest'

If outsiders are meant, use a GlobalNetworkPolicy, or `nets`; otherwise write `selector` with `!`.
"""

from calico_core.rules import Findings, warning
from calico_migrate.policy.checking.context import Context

RULE = warning(
    __name__, source="projectcalico/libcalico-go dda4a7964ffa lib/backend/syncersv1/updateprocessors/rules.go"
)


def check(context: Context) -> Findings:
    """Reports notSelector in NetworkPolicies."""
    for placed in context.rules():
        if placed.item.resource.kind != "NetworkPolicy":
            continue
        for side in ("source", "destination"):
            written = placed.rule.written.get(side) or {}
            if written.get("notSelector"):
                yield context.finding(
                    placed.item,
                    RULE,
                    (*placed.path, side, "notSelector"),
                    "in a NetworkPolicy notSelector matches Calico endpoints only,"
                    " never agents, tasks on the overlay or anything outside",
                    "use a GlobalNetworkPolicy or nets if outsiders are meant",
                )
