"""A GlobalNetworkPolicy also selects host endpoints.

As soon as there is a HostEndpoint, the policy applies to the agent or master itself. Felix keeps only its
own failsafe ports open, and DC/OS' are not among them (5050, 5051, 2181, 8080, 8181, 61001, 62080 and
others), so that the node can drop out of the cluster.

Example:
    kind: GlobalNetworkPolicy
    spec:
      selector: all()
      types: [Ingress]

Add `has(projectcalico.org/orchestrator)` to the selector, which only containers have.
"""

from calico_core.rules import Findings, warning
from calico_migrate.policy.checking.context import Context
from calico_migrate.policy.compiled.label_index import LabelIndex

RULE = warning(
    __name__,
    source="projectcalico/felix v3.14.0 config/config_params.go (failsafe ports), rules/endpoints.go",
)


_ADVICE = "add '&& has(projectcalico.org/orchestrator)' to the selector, which only containers have"


def check(context: Context) -> Findings:
    """Reports global policies that select a given host endpoint, or one without any label."""
    hosts = [item for item in context.items if item.resource.kind == "HostEndpoint"]
    index = LabelIndex([item.resource.metadata.get("labels") or {} for item in hosts])
    for item, policy in context.policies:
        spec = item.resource.spec
        meant = any(spec.get(option) for option in ("applyOnForward", "doNotTrack", "preDNAT"))
        if item.resource.kind != "GlobalNetworkPolicy" or meant:
            continue
        path = ("spec", "selector")
        selected = index.matching(policy.selectors)
        if selected:
            names = ", ".join(hosts[number].resource.name for number in selected[:3])
            yield context.finding(
                item, RULE, path, f"the policy selects host endpoints, which are nodes: {names}", _ADVICE
            )
        elif policy.selects({}):
            yield context.finding(
                item,
                RULE,
                path,
                "the policy selects host endpoints too, as soon as there are any",
                _ADVICE,
            )
