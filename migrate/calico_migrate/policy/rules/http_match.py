"""A rule matches HTTP, which needs Calico's application layer policy.

DC/OS does not have it: nothing looks at requests. Felix enforces the rule without its `http`, so that it
holds for every connection that its other criteria match.

Example:
    ingress:
    - action: Allow
      protocol: TCP
      http:
        methods: [GET]

Take `http` out, so that the policy says what it does, and filter requests in the service or its proxy.
"""

from calico_core.rules import Findings, warning
from calico_migrate.policy.checking.context import Context

RULE = warning(
    __name__,
    source="projectcalico/felix v3.14.0 rules/policy.go; DC/OS ships no Dikastes (application layer policy)",
)


def check(context: Context) -> Findings:
    """Reports every HTTP match."""
    for placed in context.rules():
        if placed.rule.written.get("http") is not None:
            yield context.finding(
                placed.item,
                RULE,
                (*placed.path, "http"),
                "DC/OS has no application layer policy: the rule holds for all requests, not only for these",
                "take http out, so that the policy says what it does",
            )
