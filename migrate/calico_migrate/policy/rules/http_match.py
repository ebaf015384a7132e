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

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.findings import Severity
from calico_core.rules import Rule

if TYPE_CHECKING:
    from calico_migrate.policy.checking.context import Context

RULE = Rule(
    __name__,
    Severity.WARNING,
    source=(
        "projectcalico/felix v3.14.0 rules/policy.go; DC/OS ships no Dikastes (application layer policy)"
    ),
)


def check(context: Context) -> None:
    """Reports every HTTP match."""
    for placed in context.rules():
        if placed.rule.written.get("http") is not None:
            context.report(
                placed.item,
                RULE,
                (*placed.path, "http"),
                "DC/OS has no application layer policy: the rule holds for all requests, not only for these",
                "take http out, so that the policy says what it does",
            )
