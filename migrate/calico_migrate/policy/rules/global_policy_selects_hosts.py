"""A GlobalNetworkPolicy also selects host endpoints.

As soon as there is a HostEndpoint, the policy applies to the agent or master itself. Felix keeps only its
own failsafe ports open, and DC/OS' are not among them (5050, 5051, 2181, 8080, 8181, 61001, 62080 and
others), so that the node can drop out of the cluster.

Example:
    kind: GlobalNetworkPolicy
    spec:
      selector: all()
      types: [Ingress]

Add `has(projectcalico.org/orchestrator)` to the selector, which only containers have. Where nodes are meant,
allow DC/OS' ports.
"""

from calico_core.rules import Findings, warning
from calico_migrate.policy.checking.context import DIRECTIONS, Context, PolicyItem
from calico_migrate.policy.compiled.covering import is_catch_all

RULE = warning(
    __name__,
    source="projectcalico/felix v3.14.0 config/config_params.go (failsafe ports), rules/endpoints.go;"
    " Calico 3.14 docs, security/tutorials/protect-hosts",
)


_ADVICE = "add '&& has(projectcalico.org/orchestrator)' to the selector, which only containers have"
_PORTS = "allow DC/OS' own ports too: 5050, 5051, 2181, 8080, 8181, 61001, 62080 and the others that it uses"


def check(context: Context) -> Findings:
    """Reports global policies that select a given host endpoint, or one without any label."""
    for entry in context.policies:
        item, policy = entry
        spec = item.resource.spec
        meant = any(spec.get(option) for option in ("applyOnForward", "doNotTrack", "preDNAT"))
        if item.resource.kind != "GlobalNetworkPolicy" or meant:
            continue
        path = ("spec", "selector")
        selected = context.hosts_of(policy)
        if selected:
            names = ", ".join(one.name for one in selected[:3])
            if not context.is_for_hosts(policy):
                yield context.finding(
                    item, RULE, path, f"the policy selects host endpoints, which are nodes: {names}", _ADVICE
                )
            elif not _lets_everything(context, entry):
                yield context.finding(
                    item,
                    RULE,
                    path,
                    f"the policy polices nodes ({names}): what it does not allow is dropped, but for Felix'"
                    " failsafe ports, and DC/OS' ports are not among them",
                    _PORTS,
                )
        elif policy.selects({}):
            yield context.finding(
                item,
                RULE,
                path,
                "the policy selects host endpoints too, as soon as there are any",
                _ADVICE,
            )


def _lets_everything(context: Context, entry: PolicyItem) -> bool:
    """Whether a policy, or one before it for the same nodes, allows all traffic in its directions."""
    hosts = {one.name for one in context.hosts_of(entry.policy)}
    for direction in DIRECTIONS:
        if entry.policy.rules(direction) is None:
            continue
        for other in context.policies:
            if hosts <= {one.name for one in context.hosts_of(other.policy)}:
                decided = next(
                    (rule for rule in other.policy.rules(direction) or () if is_catch_all(rule)), None
                )
                denies = any(rule.action == "Deny" for rule in other.policy.rules(direction) or ())
                if decided is not None and decided.action == "Allow" and not denies:
                    break
            if other is entry:
                return False
    return True
