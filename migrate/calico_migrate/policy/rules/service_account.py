"""A rule or policy asks for Kubernetes service accounts, which DC/OS does not have.

`serviceAccounts` in a rule matches nobody, and a policy with `serviceAccountSelector` selects
nothing.

Example:
    ingress:
    - action: Allow
      source:
        serviceAccounts:
          names: [web]

Select by labels instead.
"""

from calico_core.rules import Findings, error
from calico_migrate.policy.checking.context import Context

RULE = error(
    __name__,
    source="projectcalico/libcalico-go dda4a7964ffa "
    "lib/backend/syncersv1/updateprocessors/rules.go; DC/OS has no Kubernetes service "
    "accounts",
)


def check(context: Context) -> Findings:
    """Reports service accounts in policies and rules."""
    for item, _ in context.policies:
        if item.resource.spec.get("serviceAccountSelector"):
            yield context.finding(
                item,
                RULE,
                ("spec", "serviceAccountSelector"),
                "no endpoint of DC/OS has a service account: the policy selects nothing",
                "use 'selector' with labels",
            )
    for placed in context.rules():
        for side in ("source", "destination"):
            accounts = (placed.rule.written.get(side) or {}).get("serviceAccounts") or {}
            if accounts.get("names") or accounts.get("selector"):
                yield context.finding(
                    placed.item,
                    RULE,
                    (*placed.path, side, "serviceAccounts"),
                    "no endpoint of DC/OS has a service account: the rule never matches",
                    "use 'selector' with labels",
                )
