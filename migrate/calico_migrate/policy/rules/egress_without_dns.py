"""An egress policy leaves its endpoints without DNS.

Containers ask DC/OS' own resolvers, 198.51.100.1 to 198.51.100.3, which live on each agent. As soon as an
egress policy selects an endpoint, everything it does not allow is dropped, and names are no longer
resolved.

Example:

    spec:
      types: [Egress]
      egress:
      - action: Allow
        destination:
          selector: role == 'server'

Allow UDP and TCP to 198.51.100.0/24, port 53.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.findings import Severity
from calico_core.rules import Rule

from calico_migrate.policy.check_context import names_of
from calico_migrate.policy.label_index import witness
from calico_migrate.policy.outsiders import DNS_RESOLVERS, may_leave
from calico_migrate.policy.scenario import endpoint_labels

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from calico_migrate.policy.check_context import Context, Endpoint, PolicyItem
    from calico_migrate.policy.selector import Selector

RULE = Rule(
    __name__,
    Severity.WARNING,
    source="dcos/dcos-net dcos-net.service (198.51.100.1 to .3); DC/OS docs, Service discovery",
)


_HINT = "allow UDP and TCP to 198.51.100.0/24, port 53"


def check(context: Context) -> None:
    """Reports the first egress policy of endpoints that cannot ask for names."""
    if context.endpoints is None:
        _check_policies(context)
        return
    blocked: dict[int, tuple[PolicyItem, list[Endpoint]]] = {}
    for number, chain in enumerate(context.chains["egress"]):
        if chain and not any(may_leave(chain, resolver, _UDP, 53) for resolver in DNS_RESOLVERS):
            first = chain[0]
            blocked.setdefault(id(first.policy), (first, []))[1].append(context.endpoints[number])
    for entry, endpoints in blocked.values():
        _report(context, entry, f"{names_of(endpoints)} cannot ask for names")
    selecting = {id(entry.policy) for chain in context.chains["egress"] for entry in chain}
    _check_policies(context, selecting)


def _check_policies(context: Context, known: AbstractSet[int] = frozenset()) -> None:
    """Policies by themselves: another that selects the same endpoints may allow DNS for them."""
    allowing: set[tuple[Selector, ...]] = set()
    wide: list[PolicyItem] = []
    for entry in context.policies:
        if entry.policy.egress is not None and _allows_dns([entry]):
            allowing.add(entry.policy.selectors)
            if len(wide) < _MOST_WIDE:
                wide.append(entry)
    for entry in context.policies:
        policy = entry.policy
        if policy.egress is None or id(policy) in known or policy.selectors in allowing:
            continue
        labels = endpoint_labels(witness(policy.selectors), [], runtime="ucr")
        if policy.namespace not in (None, "default") or any(other.policy.selects(labels) for other in wide):
            continue
        _report(context, entry, "the endpoints that it selects cannot ask for names")


def _allows_dns(chain: Sequence[PolicyItem]) -> bool:
    return any(may_leave(chain, resolver, _UDP, 53) for resolver in DNS_RESOLVERS)


def _report(context: Context, entry: PolicyItem, what: str) -> None:
    direction = "egress" if entry.item.resource.spec.get("egress") else "types"
    context.report(entry.item, RULE, ("spec", direction), f"with this egress policy {what}", _HINT)


_UDP = 17

# Policies with DNS that others are compared with; scaffolds have one for everything.
_MOST_WIDE = 100
