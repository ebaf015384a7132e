"""A policy or network set is in a namespace in which DC/OS has nothing.

Every Calico endpoint of DC/OS is in the namespace `default`. A NetworkPolicy in another one selects no
endpoint at all, and a NetworkSet there is found by no policy of `default`.

Example:
    kind: NetworkPolicy
    metadata:
      name: allow-web
      namespace: production

Remove `metadata.namespace`, or write `default`.
"""

from calico_core.rules import Findings, error
from calico_migrate.policy.checking.context import Context

RULE = error(
    __name__,
    source="DC/OS 2.2 docs, Calico, Network policies (limitations); projectcalico/cni-plugin "
    "v3.14.0 pkg/types/types.go",
)


_NAMESPACE = "default"


def check(context: Context) -> Findings:
    """Reports every resource in another namespace than `default`."""
    for item in context.items:
        namespace = item.resource.namespace
        if not namespace or namespace == _NAMESPACE:
            continue
        if item.resource.kind == "NetworkPolicy":
            message = f"the policy selects nothing: DC/OS has no namespace '{namespace}', only 'default'"
        else:
            message = f"the set is in the namespace '{namespace}', and no policy of 'default' finds it"
        yield context.finding(
            item, RULE, ("metadata", "namespace"), message, "remove metadata.namespace, or write 'default'"
        )
