"""A selector matches none of the workloads.

With the workloads given by `--apps`, the policy selects no Calico endpoint, or the rule's selector matches
none, no network set and no host endpoint either. A policy cannot select a network set, and the selectors of a
NetworkPolicy find neither a GlobalNetworkSet nor a host endpoint, which are in no namespace. Most often a
label is misspelt, sits where the task's runtime does not read it, or arrives in another form: UCR turns
`example.com/role` into `example.com.role`.

Example:
    spec:
      selector: rolle == 'server'

Correct the label in the selector or in the definition.
"""

from calico_core.rules import Findings, warning
from calico_migrate.calico.selectors.selector import Selector
from calico_migrate.policy.checking.advice import Advisor
from calico_migrate.policy.checking.context import Context, PlacedRule
from calico_migrate.policy.compiled.implying import exclude
from calico_migrate.policy.compiled.resources import NAMESPACE_LABEL, AddressSet, Entity, Policy

RULE = warning(
    __name__,
    source="projectcalico/felix v3.14.0 labelindex, calc/active_rules_calculator.go;"
    " the Marathon definitions given with --apps",
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
        if (policy.ingress is None and policy.egress is None) or context.hosts_of(policy):
            # Untracked and pre-DNAT policies are for host endpoints, and others may be.
            continue
        # What selects a workload that is not on Calico is told by another rule.
        if not advisor.depends_on_labels(policy.selectors):
            message, hint = _about_policy(context, policy, advisor)
            yield context.finding(entry.item, RULE, ("spec", "selector"), message, hint)
    for placed in context.rules():
        for side in ("source", "destination"):
            entity = getattr(placed.rule, side)
            written = placed.rule.written.get(side) or {}
            if entity.selectors is None or not written.get("selector") or written.get("serviceAccounts"):
                continue
            if written.get("namespaceSelector") or _finds(context, entity):
                continue
            if not advisor.depends_on_labels(entity.selectors):
                message, hint = _about_rule(context, placed, entity, advisor)
                yield context.finding(placed.item, RULE, (*placed.path, side, "selector"), message, hint)


def _finds(context: Context, entity: Entity) -> bool:
    """Whether a rule's selectors find an endpoint or an address set."""
    without = entity.not_selector
    return any(
        not (without is not None and without.matches(index.labels(number)))
        for index in (context.index, context.address_set_index)
        for number in index.matching(entity.selectors or ())
    )


def _about_policy(context: Context, policy: Policy, advisor: Advisor) -> tuple[str, str]:
    nothing = "the policy selects none of the workloads"
    if exclude(policy.selectors):
        return f"{nothing}: its selector matches nothing at all", ""
    for number in context.address_set_index.matching(_anywhere(policy.selectors)):
        found = context.address_sets[number]
        if found.kind != "HostEndpoint":
            return (
                f"{nothing}: a policy cannot select a network set, only endpoints, and {found.title} is one",
                "select the endpoints by their labels; a rule's source or destination finds network sets",
            )
    return nothing + _not_on_calico(context), "" if not context.endpoints else advisor.advice(
        policy.selectors
    )


def _about_rule(context: Context, placed: PlacedRule, entity: Entity, advisor: Advisor) -> tuple[str, str]:
    selectors = entity.selectors or ()
    outside = [
        context.address_sets[number] for number in context.address_set_index.matching(_anywhere(selectors))
    ]
    if placed.item.resource.kind == "NetworkPolicy" and any(map(_is_outside, outside)):
        found = next(filter(_is_outside, outside))
        message = f"a NetworkPolicy's selectors are limited to its namespace, and {found.title} is in none"
        set_instead = "a NetworkSet, or " if found.kind == "GlobalNetworkSet" else ""
        return f"{message}, so that the rule never matches", f"use {set_instead}a GlobalNetworkPolicy"
    if entity.not_selector is not None and context.index.matching(selectors):
        return "notSelector leaves out all that the selector matches, so that the rule never matches", ""
    message = "the selector matches none of the workloads"
    return (
        f"{message}{_not_on_calico(context)}, so that the rule never matches",
        "" if not context.endpoints else advisor.advice(selectors),
    )


def _not_on_calico(context: Context) -> str:
    return ": none of these is on Calico" if not context.endpoints and context.elsewhere else ""


def _anywhere(selectors: tuple[Selector, ...]) -> tuple[Selector, ...]:
    """The selectors without the one by which Calico keeps a NetworkPolicy to its namespace."""
    return tuple(one for one in selectors if one.labels != {NAMESPACE_LABEL})


def _is_outside(found: AddressSet) -> bool:
    return NAMESPACE_LABEL not in found.labels
