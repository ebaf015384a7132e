"""A policy is never reached, because an earlier one decides about everything.

A policy with a rule that matches every packet leaves nothing to the policies after it. With `Pass` the
profiles come next, with `Allow` and `Deny` nothing does.

Example:
    kind: GlobalNetworkPolicy
    metadata: {name: deny-all}
    spec: {order: 1, selector: has(calico), ingress: [{action: Deny}]}
    ---
    kind: GlobalNetworkPolicy
    metadata: {name: allow-web}
    spec: {order: 2, selector: has(calico), ingress: [{action: Allow, protocol: TCP}]}

Give the policy with the narrower rules the lower order, or remove one.
"""

from calico_core.rules import Findings, info
from calico_migrate.calico.selector import Selector
from calico_migrate.policy.checking.context import DIRECTIONS, Context, PolicyItem
from calico_migrate.policy.compiled.covering import is_catch_all

RULE = info(__name__, source="projectcalico/felix v3.14.0 rules/endpoints.go, calc/policy_sorter.go")


def check(context: Context) -> Findings:
    """Reports policies behind one that decides everything for the same endpoints, or for all."""
    for direction in DIRECTIONS:
        final: dict[tuple[Selector, ...], PolicyItem] = {}
        everything: PolicyItem | None = None
        for entry in context.policies:
            rules = entry.policy.rules(direction)
            if rules is None:
                continue
            before = everything or final.get(entry.policy.selectors)
            if before is not None and rules:
                yield context.finding(
                    entry.item,
                    RULE,
                    ("spec", direction),
                    f"these rules are never reached: {before.item.title} comes first and decides everything",
                    "change the orders, or remove one of the policies",
                )
            elif any(rule.action != "Log" and is_catch_all(rule) for rule in rules):
                final.setdefault(entry.policy.selectors, entry)
                if all(not selector.tests for selector in entry.policy.selectors):
                    everything = everything or entry
