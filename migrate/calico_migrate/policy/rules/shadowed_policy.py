"""A policy is never reached, because an earlier one decides about everything.

A policy with a rule that matches every packet leaves nothing to the policies after it that select the same
endpoints, or some of them. With `Pass` the
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

from calico_core.findings import Severity
from calico_core.rules import Findings, info
from calico_migrate.calico.selectors.selector import Selector
from calico_migrate.policy.checking.context import DIRECTIONS, Context, PolicyItem
from calico_migrate.policy.compiled.covering import is_catch_all
from calico_migrate.policy.compiled.implying import implies
from calico_migrate.policy.compiled.resources import Policy

RULE = info(__name__, source="projectcalico/felix v3.14.0 rules/endpoints.go, calc/policy_sorter.go")


# Policies with a wider selector that are compared; more would cost time that grows with their square.
_MOST_COMPARED = 64


def check(context: Context) -> Findings:
    """Reports policies behind one that decides everything for all the endpoints that they select."""
    for direction in DIRECTIONS:
        final: dict[tuple[Selector, ...], PolicyItem] = {}
        for entry in context.policies:
            rules = entry.policy.rules(direction)
            if rules is None:
                continue
            before = _before(entry.policy, final)
            if before is not None and rules:
                action = _decides(before.policy, direction)
                opposed = any(rule.action not in ("Log", action) for rule in rules)
                other = entry.policy.egress if direction == "ingress" else entry.policy.ingress
                yield context.finding(
                    entry.item,
                    RULE,
                    ("spec", direction),
                    f"these rules are never reached: {before.item.title} comes first and decides everything"
                    f" ({action})",
                    "change the orders, or remove this policy"
                    if other is None
                    else f"change the orders, or take {direction.title()} out of its types, and these rules",
                    severity=Severity.WARNING if opposed else None,
                )
            elif _decides(entry.policy, direction):
                final.setdefault(entry.policy.selectors, entry)


def _decides(policy: Policy, direction: str) -> str:
    """What a policy does to everything that no earlier rule of it has decided; nothing where it goes on."""
    return next(
        (
            rule.action
            for rule in policy.rules(direction) or ()
            if rule.action != "Log" and is_catch_all(rule, direction, policy)
        ),
        "",
    )


def _before(policy: Policy, final: dict[tuple[Selector, ...], PolicyItem]) -> PolicyItem | None:
    """An earlier policy that decides everything and selects all that this one selects."""
    candidates = [*filter(None, [final.get(policy.selectors)]), *list(final.values())[:_MOST_COMPARED]]
    return next(
        (
            entry
            for entry in candidates
            if implies(policy.selectors, entry.policy.selectors) and _sees_all(entry.policy, policy)
        ),
        None,
    )


def _sees_all(earlier: Policy, policy: Policy) -> bool:
    """Whether the earlier policy is asked wherever the other one is; what nodes forward is asked apart."""
    return bool(_on_forward(earlier)) or not _on_forward(policy)


def _on_forward(policy: Policy) -> object:
    return (policy.written.get("spec") or {}).get("applyOnForward")
