"""A policy for host endpoints selects workloads, to which it does nothing.

`doNotTrack` and `preDNAT` make a GlobalNetworkPolicy one for host endpoints alone: Felix hands it to no
workload. What it selects by labels of workloads stays open.

Example:
    kind: GlobalNetworkPolicy
    spec:
      selector: role == 'server'
      doNotTrack: true
      applyOnForward: true
      types: [Ingress]
      ingress:
      - action: Deny

Leave `doNotTrack` and `preDNAT` out where workloads are to be protected, or select host endpoints.
"""

from calico_core.rules import Findings, warning
from calico_migrate.policy.checking.context import Context, names_of

RULE = warning(
    __name__,
    source="projectcalico/felix v3.14.0 calc/event_sequencer.go; Calico 3.14 docs, GlobalNetworkPolicy",
)


def check(context: Context) -> Findings:
    """Reports policies with doNotTrack or preDNAT that select workloads and no host endpoint."""
    for item, policy in context.policies:
        option = next((name for name in ("doNotTrack", "preDNAT") if item.resource.spec.get(name)), "")
        if policy.namespace is not None or not option or context.hosts_of(policy):
            continue
        selected = [(context.endpoints or [])[number] for number in context.index.matching(policy.selectors)]
        if selected:
            yield context.finding(
                item,
                RULE,
                ("spec", option),
                f"a policy with {option} is for host endpoints only: it selects none here, and does nothing"
                f" to {names_of(selected)}",
                f"leave {option} out, or select host endpoints",
            )
