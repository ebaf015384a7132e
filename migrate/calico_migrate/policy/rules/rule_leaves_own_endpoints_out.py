"""A rule never matches, because it leaves out the endpoints that its own policy selects.

The destination of an ingress rule, and the source of an egress rule, is the policy's own endpoint. A selector
or net there narrows the endpoints down; where it leaves out all of them, an `Allow` allows nothing and a
`Deny` keeps nothing out. Most often the other side was meant.

Example:
    spec:
      selector: app == 'shop'
      ingress:
      - action: Deny
        destination:
          selector: app == 'guest'

Write it under `source` of an ingress rule, under `destination` of an egress rule.
"""

from calico_core.rules import Findings, warning
from calico_migrate.policy.checking.context import DIRECTIONS, Context
from calico_migrate.policy.checking.outsiders import DNS_RESOLVERS
from calico_migrate.policy.compiled.implying import exclude
from calico_migrate.policy.compiled.resources import Entity, Policy

RULE = warning(
    __name__,
    source="projectcalico/felix v3.14.0 rules/endpoints.go; projectcalico/calico issue 8948",
)

_OWN = {"ingress": "destination", "egress": "source"}
_OTHER = {"ingress": "source", "egress": "destination"}


def check(context: Context) -> Findings:
    """Reports rules whose own side matches none of the endpoints that their policy selects."""
    for entry in context.policies:
        policy = entry.policy
        if context.hosts_of(policy) or policy.namespace not in (None, "default"):
            continue
        for direction in DIRECTIONS:
            own = _OWN[direction]
            for index, rule in enumerate(policy.rules(direction) or ()):
                why = _leaves_out(context, policy, getattr(rule, own))
                if why:
                    yield context.finding(
                        entry.item,
                        RULE,
                        ("spec", direction, index, own),
                        f"rule {index} never matches: the {own} of an {direction} rule is the policy's own"
                        f" endpoint, and {why}",
                        f"write it under {_OTHER[direction]}, if the other side is meant",
                    )


def _leaves_out(context: Context, policy: Policy, near: Entity) -> str:
    """Why the own side matches no endpoint of the policy; nothing where it may match one."""
    if near.open or exclude(policy.selectors):
        return ""
    members = context.index.matching(policy.selectors)
    elsewhere = (*context.site.vips, *DNS_RESOLVERS)
    if near.nets and all(any(span.contains(net) for span in elsewhere) for net in near.nets):
        return f"{' and '.join(str(net) for net in near.nets[:3])} is no address of an endpoint"
    if near.selectors is None or _in_a_set(context, near):
        return ""
    if members:
        labels = [context.index.labels(number) for number in members]
        found = any(
            all(selector.matches(one) for selector in near.selectors or ())
            and not (near.not_selector is not None and near.not_selector.matches(one))
            for one in labels
        )
        return "" if found else "none of those that it selects matches this"
    return "none that it selects can match this" if exclude(policy.selectors, near.selectors) else ""


def _in_a_set(context: Context, near: Entity) -> bool:
    """Whether an address set that the selectors find may hold an endpoint's address."""
    return any(
        all(selector.matches(one.labels) for selector in near.selectors or ())
        and any(net.meets(span) for net in one.nets for span in context.site.pools)
        for one in context.address_sets
    )
