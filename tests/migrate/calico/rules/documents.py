"""Short ways to write resources and to see what is found in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_migrate.calico import validate

if TYPE_CHECKING:
    from calico_core.findings import Finding


def document(kind: str, spec: str, metadata: str = "{name: a}") -> str:
    """A resource whose spec and metadata are given in YAML's flow style."""
    return f"apiVersion: projectcalico.org/v3\nkind: {kind}\nmetadata: {metadata}\nspec: {spec}\n"


def rule(fields: str, kind: str = "NetworkPolicy", direction: str = "ingress") -> str:
    """A resource with one rule."""
    return document(kind, f"{{{direction}: [{{{fields}}}]}}")


def findings(text: str, rule_id: str) -> list[Finding]:
    """The findings of one rule."""
    return [finding for finding in validate(text) if finding.rule == rule_id]


def assert_found(text: str, rule_id: str) -> None:
    """The rule finds something at each ``▸`` of the text, which is not part of it, and nowhere else."""
    pieces = text.split("▸")
    before = ["".join(pieces[: count + 1]) for count in range(len(pieces) - 1)]
    marked = {(each.count("\n") + 1, len(each) - each.rfind("\n")) for each in before}
    assert {(found.line, found.column) for found in findings("".join(pieces), rule_id)} == marked
    assert marked


def refusals(text: str) -> set[str]:
    """The rules by which Calico would refuse the text."""
    return {finding.rule for finding in validate(text) if finding.rule.startswith("invalid-")}
