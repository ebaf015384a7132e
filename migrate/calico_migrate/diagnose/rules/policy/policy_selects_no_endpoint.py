"""A policy selects no endpoint.

It has no effect. Most often a label is misspelt, or sits where the container's runtime does not read it.

Example:
    NetworkPolicy default/db selects rolle == 'db'

Correct the selector; `calicoctl get workloadendpoint -o yaml` shows the labels that there are.
"""

from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.judgement import Findings, warning

RULE = warning(
    __name__,
    source="projectcalico/felix v3.14.0 labelindex",
    lists=True,
    causes=("policy-uses-other-label-spelling",),
)


def check(estate: Estate) -> Findings:
    """Every policy for workloads against the endpoints."""
    policies = estate.policies
    if not estate.endpoints:
        return
    for policy in policies.policies:
        if policy.ingress is None and policy.egress is None:
            continue
        if policies.matching(policy.selectors) or policies.mangled(policy.selectors):
            continue
        yield RULE.found(
            f"{policy.title} selects no endpoint{policies.advice(policy.selectors)}",
            policies.evidence(policy.kind, policy.name, "selector"),
            hint="correct the selector, or the labels of the app",
        )
