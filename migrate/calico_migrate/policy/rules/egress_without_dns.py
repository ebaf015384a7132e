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

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from calico_config.facts.known_ranges import DNS_SPACE
from calico_core.rules import Findings, warning
from calico_migrate.calico.selectors.selector import Selector
from calico_migrate.policy.checking.context import Context, Endpoint, PolicyItem, names_of
from calico_migrate.policy.checking.outsiders import Gate, dns_gates
from calico_migrate.policy.cluster.scenario import endpoint_labels
from calico_migrate.policy.compiled.implying import exclude
from calico_migrate.policy.compiled.label_index import witness

RULE = warning(
    __name__, source="dcos/dcos-net dcos-net.service (198.51.100.1 to .3); DC/OS docs, Service discovery"
)


_HINT = f"allow UDP and TCP to {DNS_SPACE}, port 53"


def check(context: Context) -> Findings:
    """Reports the first egress policy of endpoints that cannot ask for names."""
    gates = dns_gates(context)
    blocked: dict[int, tuple[PolicyItem, list[Endpoint]]] = {}
    asked: set[int] = set()
    for chain, endpoints in context.groups["egress"]:
        asked.update(id(entry.policy) for entry in chain)
        if not any(gate.passes(chain) for gate in gates):
            blocked.setdefault(id(chain[0].policy), (chain[0], []))[1].extend(endpoints)
    for entry, members in blocked.values():
        yield from _report(context, entry, f"{names_of(members)} cannot ask for names")
    yield from _check_policies(context, gates, asked)


def _check_policies(context: Context, gates: Sequence[Gate], asked: AbstractSet[int]) -> Findings:
    """Policies that select no known endpoint, by themselves: another may allow DNS for what they select."""
    allowing: set[tuple[Selector, ...]] = set()
    wide: list[PolicyItem] = []
    for entry in context.policies:
        if entry.policy.egress is not None and any(gate.passes([entry]) for gate in gates):
            allowing.add(entry.policy.selectors)
            if len(wide) < _MOST_WIDE:
                wide.append(entry)
    for entry in context.policies:
        policy = entry.policy
        if policy.egress is None or id(policy) in asked or policy.selectors in allowing:
            continue
        # A node asks its resolvers on an interface of its own, which no host endpoint polices.
        if context.is_for_hosts(policy) or exclude(policy.selectors):
            continue
        labels = endpoint_labels(witness(policy.selectors), [], runtime="ucr")
        if policy.namespace not in (None, "default") or any(other.policy.selects(labels) for other in wide):
            continue
        yield from _report(context, entry, "the endpoints that it selects cannot ask for names")


def _report(context: Context, entry: PolicyItem, what: str) -> Findings:
    direction = "egress" if entry.item.resource.spec.get("egress") else "types"
    yield context.finding(entry.item, RULE, ("spec", direction), f"with this egress policy {what}", _HINT)


# Policies with DNS that others are compared with; scaffolds have one for everything.
_MOST_WIDE = 100
