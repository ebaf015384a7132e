"""A resource is there twice.

Two resources of one kind, name and namespace are one to Calico: `calicoctl apply` keeps the last it is
given, `calicoctl create` refuses the second.

Example:
    kind: NetworkPolicy
    metadata: {name: allow-web}
    ---
    kind: NetworkPolicy
    metadata: {name: allow-web}

Give one of them another name, or remove it.
"""

from calico_core.rules import Findings, warning
from calico_migrate.policy.checking.context import Context, Item

RULE = warning(__name__, source="projectcalico/calicoctl v3.14.0 calicoctl/commands/apply.go")


def check(context: Context) -> Findings:
    """Reports the second and every further one of a name."""
    seen: dict[tuple[str, str, str], Item] = {}
    for item in context.items:
        resource = item.resource
        key = (resource.kind, resource.namespace, resource.name)
        first = seen.setdefault(key, item)
        if first is not item:
            where = "in this file" if first.file == item.file else "in another file"
            yield context.finding(
                item,
                RULE,
                ("metadata", "name"),
                f"{item.title} is already {where}, in line {first.resource.line}",
                "give it another name, or remove one of them",
            )
