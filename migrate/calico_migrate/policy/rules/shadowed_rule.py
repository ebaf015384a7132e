"""A rule is never reached, because an earlier one of the same policy matches all that it would.

Rules are asked in their order, and `Allow`, `Deny` and `Pass` end the search.

Example:
    ingress:
    - action: Allow
      protocol: TCP
    - action: Deny
      protocol: TCP
      destination:
        ports: [22]

Put the narrower rule first, or remove it.
"""

from collections.abc import Sequence

from calico_core.rules import Findings, info
from calico_migrate.policy.checking.context import DIRECTIONS, Context, Item
from calico_migrate.policy.compiled.covering import Form, covers, form_of, wider_forms
from calico_migrate.policy.compiled.resources import Policy, Profile
from calico_migrate.policy.compiled.resources import Rule as PolicyRule

RULE = info(__name__, source="projectcalico/felix v3.14.0 rules/policy.go")


# Rules of one form that are compared with a later one; more would cost time that grows with their square.
_MOST_COMPARED = 64


def check(context: Context) -> Findings:
    """Reports every rule that an earlier one of its list covers."""
    for item in context.items:
        compiled = item.compiled
        if isinstance(compiled, Policy | Profile):
            for direction in DIRECTIONS:
                yield from _check_rules(context, item, direction, compiled.rules(direction) or ())


def _check_rules(context: Context, item: Item, direction: str, rules: Sequence[PolicyRule]) -> Findings:
    seen: dict[Form, list[tuple[int, PolicyRule]]] = {}
    for index, rule in enumerate(rules):
        cover = next(
            (
                earlier
                for form in wider_forms(rule)
                for earlier, other in seen.get(form, ())
                if covers(other, rule)
            ),
            None,
        )
        if cover is not None:
            yield context.finding(
                item,
                RULE,
                ("spec", direction, index),
                f"rule {index + 1} is never reached: rule {cover + 1} matches everything that it matches",
                "put the narrower rule first, or remove it",
            )
        elif rule.action != "Log":
            same = seen.setdefault(form_of(rule), [])
            if len(same) < _MOST_COMPARED:
                same.append((index, rule))
