"""A policy only logs, or only denies some things, and so everything else is dropped too.

As soon as a policy selects an endpoint for a direction, whatever no rule allows is dropped. A policy with
nothing but `Log` cuts its endpoints off instead of watching them, and one that denies a few things denies all
of them.

Example:
    spec:
      selector: role == 'server'
      types: [Ingress]
      ingress:
      - action: Log

Add a rule with `Allow` at the end, or `Pass` to leave the rest to the profile. Where everything is to be
dropped, write `ingress: []` or one `Deny` without conditions.
"""

from collections.abc import Sequence

from calico_core.rules import Findings, warning
from calico_migrate.policy.checking.context import DIRECTIONS, Context, PolicyItem, names_of
from calico_migrate.policy.compiled.covering import is_catch_all
from calico_migrate.policy.compiled.implying import exclude
from calico_migrate.policy.compiled.resources import Policy

RULE = warning(
    __name__,
    source="projectcalico/felix v3.14.0 rules/endpoints.go (drop if no policies passed packet);"
    " projectcalico/calico issues 3801 and 4673",
)

_MOST_COMPARED = 100


def check(context: Context) -> Findings:
    """Reports policies that allow nothing although they do not say so, where no other policy allows."""
    for direction in DIRECTIONS:
        allowing = [entry for entry in context.policies if _allows(entry.policy, direction)]
        members: dict[int, list[str]] = {}
        for chain, endpoints in context.groups[direction]:
            if not any(_allows(entry.policy, direction) for entry in chain):
                for entry in chain:
                    members.setdefault(id(entry.policy), []).append(names_of(endpoints))
        for entry in context.policies:
            policy = entry.policy
            rules = policy.rules(direction) or ()
            if not rules or _allows(policy, direction):
                continue
            if any(rule.action == "Deny" and is_catch_all(rule, direction, policy) for rule in rules):
                continue
            if context.index.matching(policy.selectors):
                if id(policy) not in members:
                    continue
                whose = f"of {members[id(policy)][0]}"
            elif context.endpoints is not None or _may_be_allowed(policy, allowing):
                continue
            else:
                whose = "of the endpoints that it selects"
            only = "only logs" if all(rule.action == "Log" for rule in rules) else "only denies"
            yield context.finding(
                entry.item,
                RULE,
                ("spec", direction),
                f"the policy {only}: no rule allows anything, so that all {direction} traffic {whose} is"
                " dropped" + ("" if only == "only logs" else ", not only what these rules name"),
                "add a rule with 'action: Allow' at the end, or Pass to leave the rest to the profile",
            )


def _allows(policy: Policy, direction: str) -> bool:
    return any(rule.action in ("Allow", "Pass") for rule in policy.rules(direction) or ())


def _may_be_allowed(policy: Policy, allowing: Sequence[PolicyItem]) -> bool:
    """Whether a policy that allows something may select what this one selects; of very many, one may."""
    return len(allowing) > _MOST_COMPARED or any(
        not exclude(policy.selectors, entry.policy.selectors) for entry in allowing
    )
