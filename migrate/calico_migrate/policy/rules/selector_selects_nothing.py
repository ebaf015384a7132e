"""A selector matches none of the workloads.

With the workloads given by `--apps`, the policy selects no Calico endpoint, or the rule's selector
matches none and no network set either. Most often a label is misspelt, sits where the task's runtime does
not read it, or arrives in another form: UCR turns `example.com/role` into `example.com.role`.

Example:
    spec:
      selector: rolle == 'server'

Correct the label in the selector or in the definition.
"""

from calico_core.rules import Findings, warning
from calico_migrate.policy.checking.advice import Advisor
from calico_migrate.policy.checking.context import Context

RULE = warning(
    __name__, source="projectcalico/felix v3.14.0 labelindex; the Marathon definitions given with --apps"
)


def check(context: Context) -> Findings:
    """Reports selectors of policies and rules that match nothing; says nothing without workloads."""
    if context.endpoints is None:
        return
    advisor = Advisor(context)
    for entry in context.policies:
        policy = entry.policy
        if policy.namespace not in (None, "default") or context.index.matching(policy.selectors):
            continue
        if policy.ingress is None and policy.egress is None:
            # Untracked and pre-DNAT policies are for host endpoints.
            continue
        # What selects a workload that is not on Calico is told by another rule.
        if not advisor.depends_on_labels(policy.selectors):
            yield context.finding(
                entry.item,
                RULE,
                ("spec", "selector"),
                "the policy selects none of the workloads",
                advisor.advice(policy.selectors),
            )
    for placed in context.rules():
        for side in ("source", "destination"):
            selectors = getattr(placed.rule, side).selectors
            written = placed.rule.written.get(side) or {}
            if selectors is None or not written.get("selector") or written.get("serviceAccounts"):
                continue
            if written.get("namespaceSelector"):
                continue
            if context.index.matching(selectors) or context.address_set_index.matching(selectors):
                continue
            if not advisor.depends_on_labels(selectors):
                yield context.finding(
                    placed.item,
                    RULE,
                    (*placed.path, side, "selector"),
                    "the selector matches none of the workloads, so that the rule never matches",
                    advisor.advice(selectors),
                )
