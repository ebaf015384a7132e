"""A policy depends on labels of a workload that is not on Calico.

Calico knows the labels of its own endpoints only. A task on the overlay, a bridge or the host's network
arrives with its agent's address, so that no selector recognises it, and a policy does not protect it.

Example:
    ingress:
    - action: Allow
      source:
        selector: role == 'client'   # while /client is still on the network dcos

Move the workload to Calico first, or allow the agents' addresses and the pool's range by `nets` until
then.
"""

from collections.abc import Sequence

from calico_core.rules import Findings, error
from calico_migrate.policy.checking.advice import Advisor
from calico_migrate.policy.checking.context import Context, Endpoint, names_of

RULE = error(
    __name__,
    source="projectcalico/libcalico-go dda4a7964ffa lib/ipam (natOutgoing); dcos/dcos "
    "packages/calico/README.md; DC/OS 2.2 docs, Calico, Network policies "
    "(limitations)",
)


def check(context: Context) -> Findings:
    """Reports selectors that match workloads elsewhere by their labels."""
    if not context.elsewhere:
        return
    advisor = Advisor(context)
    for entry in context.policies:
        found = advisor.elsewhere(entry.policy.selectors)
        if found:
            yield context.finding(
                entry.item,
                RULE,
                ("spec", "selector"),
                f"the policy does not reach {names_of(found)}, which {_are(found)} not on Calico",
                "move it to Calico before the policy is to protect it",
            )
    for placed in context.rules():
        for side in ("source", "destination"):
            selectors = getattr(placed.rule, side).selectors
            found = advisor.elsewhere(selectors) if selectors else []
            if found:
                nets = " and ".join(str(span) for span in context.site.tunnels)
                yield context.finding(
                    placed.item,
                    RULE,
                    (*placed.path, side, "selector"),
                    f"{names_of(found)} {_are(found)} not on Calico, so that this selector does not match:"
                    " what it sends arrives from its agent's address",
                    f"move it to Calico first, or allow the agents' addresses and {nets} by nets until then",
                )


def _are(found: Sequence[Endpoint]) -> str:
    return "are" if len({endpoint.workload.id for endpoint in found}) > 1 else "is"
