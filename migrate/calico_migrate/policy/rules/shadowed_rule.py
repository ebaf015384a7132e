"""A rule is never reached, because an earlier one of the same policy matches all that it would.

Rules are asked in their order, and `Allow`, `Deny` and `Pass` end the search. A `Deny` behind a wider `Allow`
keeps nothing out, and an `Allow` behind a wider `Deny` lets nothing in.

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

from calico_core.findings import Severity
from calico_core.rules import Findings, info
from calico_migrate.policy.checking.context import DIRECTIONS, Context, Item
from calico_migrate.policy.compiled.covering import covers, kind_of, wider_kinds
from calico_migrate.policy.compiled.resources import Policy, Profile
from calico_migrate.policy.compiled.resources import Rule as PolicyRule

RULE = info(__name__, source="projectcalico/felix v3.14.0 rules/policy.go")


# Rules of one kind that are compared with a later one; more would cost time that grows with their square.
_MOST_COMPARED = 64
_EFFECTS = {
    "Allow": "what it is to {} is allowed",
    "Deny": "what it is to {} is denied",
    "Pass": "what it is to {} is left to the profiles",
}
_MEANT = {"Allow": "allow", "Deny": "deny", "Pass": "leave to the profiles"}


def check(context: Context) -> Findings:
    """Reports every rule that an earlier one of its list covers."""
    for item in context.items:
        compiled = item.compiled
        if isinstance(compiled, Policy | Profile):
            for direction in DIRECTIONS:
                yield from _check_rules(context, item, direction, compiled.rules(direction) or ())


def _check_rules(context: Context, item: Item, direction: str, rules: Sequence[PolicyRule]) -> Findings:
    for index, earlier in shadowed(item, direction, rules):
        action, other = rules[index].action, rules[earlier].action
        message = f"rule {index} is never reached: rule {earlier} matches everything that it matches"
        severity = None
        if action in _MEANT and other != action:
            message += f", so that {_EFFECTS[other].format(_MEANT[action])}"
            severity = Severity.WARNING
        yield context.finding(
            item,
            RULE,
            ("spec", direction, index),
            message,
            "put the narrower rule first, or remove it",
            severity=severity,
        )


def shadowed(item: Item, direction: str, rules: Sequence[PolicyRule]) -> list[tuple[int, int]]:
    """The rules that are never reached, each with the earlier one that covers it."""
    policy = item.compiled if isinstance(item.compiled, Policy) else None
    seen: dict[object, list[tuple[int, PolicyRule]]] = {}
    found: list[tuple[int, int]] = []
    for index, rule in enumerate(rules):
        cover = next(
            (
                earlier
                for kind in wider_kinds(rule)
                for earlier, other in seen.get(kind, ())
                if covers(other, rule, direction, policy)
            ),
            None,
        )
        if cover is not None:
            found.append((index, cover))
        elif rule.action != "Log":
            same = seen.setdefault(kind_of(rule), [])
            if len(same) < _MOST_COMPARED:
                same.append((index, rule))
    return found
