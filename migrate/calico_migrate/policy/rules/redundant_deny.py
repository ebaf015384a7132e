"""A `Deny` at the end of the last policy does nothing.

What no rule of the policies of an endpoint matches is dropped anyway, as soon as one policy of that
direction selects the endpoint. Such a rule matters only while a later policy could allow the traffic.

Example:
    ingress:
    - action: Allow
      source:
        selector: biz_type == 'bookstore'
    - action: Deny
      source:
        selector: biz_type == 'fruitstore'

Remove it, or keep it as a note to the reader.
"""

from collections.abc import Sequence

from calico_core.rules import Findings, info
from calico_migrate.policy.checking.context import DIRECTIONS, Context, PolicyItem
from calico_migrate.policy.compiled.resources import Rule as PolicyRule
from calico_migrate.policy.rules.shadowed_rule import shadowed

RULE = info(
    __name__, source="projectcalico/felix v3.14.0 rules/endpoints.go (drop at the end of the policies)"
)


def check(context: Context) -> Findings:
    """Reports the Deny rules at the end of policies that no later policy follows."""
    for direction in DIRECTIONS:
        later: set[int] = set()
        later_anywhere = False
        for entry in reversed(context.policies):
            rules = entry.policy.rules(direction)
            if rules is None:
                continue
            selected = (
                context.index.matching(entry.policy.selectors) if context.endpoints is not None else None
            )
            followed = later_anywhere if not selected else any(number in later for number in selected)
            if not followed:
                yield from _report(context, entry, direction, rules)
            if any(rule.action in ("Allow", "Pass") for rule in rules):
                later_anywhere = True
                later.update(selected or ())


def _report(context: Context, entry: PolicyItem, direction: str, rules: Sequence[PolicyRule]) -> Findings:
    if not any(rule.action in ("Allow", "Pass") for rule in rules):
        # Without any Allow the policy says that all is dropped, and another rule looks whether it means it.
        return
    never = {index for index, _ in shadowed(entry.item, direction, rules)}
    for index in range(len(rules) - 1, -1, -1):
        if rules[index].action != "Deny":
            break
        if index not in never:
            yield context.finding(
                entry.item,
                RULE,
                ("spec", direction, index),
                f"rule {index} denies what is dropped anyway: no later rule or policy here could allow it",
                "remove it, unless a policy elsewhere comes after this one",
            )
