"""A `namespaceSelector` asks for labels of namespaces, which DC/OS does not have.

Calico turns the selector into one on labels that only Kubernetes' namespaces give to endpoints. `all()`
matches every container; anything that needs a label matches nothing.

Example:
    ingress:
    - action: Allow
      source:
        namespaceSelector: team == 'a'

Select by the labels of the endpoints instead.
"""

from collections.abc import Mapping
from typing import Any

from calico_core.findings import Severity
from calico_core.json.pointers import Path
from calico_core.rules import Findings, warning
from calico_migrate.calico.selectors.parsing import parse
from calico_migrate.policy.checking.context import Context, Item

RULE = warning(
    __name__, source="projectcalico/libcalico-go dda4a7964ffa lib/backend/syncersv1/updateprocessors/rules.go"
)


def check(context: Context) -> Findings:
    """Reports every selector of namespaces, except those that say all()."""
    for item, _ in context.policies:
        yield from _report(context, item, ("spec",), item.resource.spec)
    for placed in context.rules():
        for side in ("source", "destination"):
            yield from _report(
                context, placed.item, (*placed.path, side), placed.rule.written.get(side) or {}
            )


def _report(context: Context, item: Item, path: Path, holder: Mapping[str, Any]) -> Findings:
    text = holder.get("namespaceSelector")
    if not text or str(parse(text)) == "all()":
        return
    nothing = not parse(text).matches({})
    yield context.finding(
        item,
        RULE,
        (*path, "namespaceSelector"),
        "DC/OS' namespace has no labels: this "
        + ("matches nothing" if nothing else "is true for every container, whatever was meant"),
        "use 'selector' with labels of the endpoints",
        severity=Severity.ERROR if nothing else None,
    )
