"""Small service specifications, and what becomes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_core import spans
from calico_migrate.network_map import NetworkMap
from calico_migrate.package.specification import planning as service_spec

if TYPE_CHECKING:
    from calico_core.findings import Finding
    from calico_core.spans import Edit
    from calico_migrate.package.specification.planning import Plan


class Outcome(NamedTuple):
    """The rewritten text and the plan behind it."""

    text: str
    plan: Plan

    @property
    def edits(self) -> tuple[Edit, ...]:
        return self.plan.edits

    def rules(self) -> list[str]:
        """The ids of the findings but for the news that pods restart."""
        return [finding.rule for finding in self.plan.findings if finding.rule != "pods-restart"]

    def finding(self, rule: str) -> Finding:
        """The one finding of a rule."""
        (found,) = [finding for finding in self.plan.findings if finding.rule == rule]
        return found


def pod(networks: str) -> str:
    """A service specification with one pod, whose lines after ``count`` are given."""
    return f"name: service\npods:\n  node:\n    count: 1\n{networks}"


def migrated(text: str, **names: str) -> Outcome:
    """What becomes of a text, with the map ``dcos=calico`` unless another is given."""
    plan = service_spec.plan(text, NetworkMap(names or {"dcos": "calico"}))
    return Outcome(spans.apply(text, plan.edits), plan)
