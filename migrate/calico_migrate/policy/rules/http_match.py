"""A rule matches HTTP, which needs Calico's application layer policy.

DC/OS does not have it: a rule with `http` is never applied by Felix, so that nothing is allowed by it.

Example:
    ingress:
    - action: Allow
      protocol: TCP
      http:
        methods: [GET]

Allow the port without `http`, and filter requests in the service or its proxy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.findings import Severity
from calico_core.rules import Rule

if TYPE_CHECKING:
    from calico_migrate.policy.check_context import Context

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
                "DC/OS has no application layer policy: HTTP is never matched",
                "allow the port alone",
            )
