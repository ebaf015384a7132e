"""Policies of the same order decide by their names.

Felix applies policies by `order`, and those of the same order, or without one, by their names in the
datastore: all GlobalNetworkPolicies come first, then NetworkPolicies, each in the order of their bytes.
Where one of them denies or passes and another allows, renaming one changes who gets through.

Example:
    kind: NetworkPolicy
    metadata: {name: a-deny-guests}
    spec: {selector: role == 'web', ingress: [{action: Deny, source: {selector: role == 'guest'}}]}
    ---
    kind: NetworkPolicy
    metadata: {name: b-allow-all}
    spec: {selector: role == 'web', ingress: [{action: Allow}]}

Give the policies different orders.
"""

from calico_core.rules import Findings, info
from calico_migrate.calico.selectors.selector import Selector
from calico_migrate.policy.checking.context import DIRECTIONS, Context, PolicyItem

RULE = info(__name__, source="projectcalico/felix v3.14.0 calc/policy_sorter.go")


def check(context: Context) -> Findings:
    """Reports, for policies that select alike, the first of the same order that decides otherwise."""
    for direction in DIRECTIONS:
        groups: dict[tuple[float | None, tuple[Selector, ...]], list[PolicyItem]] = {}
        for entry in context.policies:
            if entry.policy.rules(direction) is not None:
                groups.setdefault((entry.policy.order, entry.policy.selectors), []).append(entry)
        for entries in groups.values():
            yield from _report(context, direction, entries)


def _report(context: Context, direction: str, entries: list[PolicyItem]) -> Findings:
    """Each policy is compared with the ones before it, by what they do at all."""
    earlier: dict[bool, PolicyItem] = {}
    for entry in entries:
        actions = {rule.action for rule in entry.policy.rules(direction) or ()}
        # What is not matched goes on to the next policy, so that only rules decide.
        for opposed in {action == "Allow" for action in actions - {"Log"}}:
            other = earlier.get(not opposed)
            if other is not None and other is not entry:
                yield context.finding(
                    entry.item,
                    RULE,
                    ("spec", "order"),
                    f"{other.item.title} has the same order and selector and comes first by its name alone,"
                    f" and the two decide differently for {direction}",
                    "give them different orders",
                )
                break
        for opposed in {action == "Allow" for action in actions - {"Log"}}:
            earlier.setdefault(opposed, entry)
