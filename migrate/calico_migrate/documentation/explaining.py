"""The documentation of rules and parameters, as text; taken from the rules' docstrings and the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.errors import UsageError
from calico_core.nearest import nearest_ones
from calico_migrate.rule_index import all_rules

if TYPE_CHECKING:
    from calico_config.parameters import Parameter
    from calico_core.rules import Rule


def explain(name: str) -> str:
    """The page of a rule or a parameter; raises UsageError with the nearest names for an unknown one."""
    rules = all_rules()
    if name in rules:
        return rule_text(rules[name])
    from calico_config.parameters import PARAMETERS, parameter

    found = parameter(name)
    if found is not None:
        return parameter_text(found)
    near = nearest_ones(name, [*rules, *(each.name for each in PARAMETERS)])
    hint = f"did you mean {' or '.join(near)}?" if near else "`calico-migrate explain` lists them all"
    raise UsageError(f"there is no rule or parameter {name!r}; {hint}")


def rule_text(rule: Rule) -> str:
    """A rule's page as plain text: title, severity, documentation, source."""
    body = rule.documentation.partition("\n")[2].strip("\n")
    return f"{rule.id} ({rule.severity.value}): {rule.title}\n\n{body}\n\nSource: {rule.source}\n"


def parameter_text(parameter: Parameter) -> str:
    """A parameter's page as plain text: what it means, what is accepted, where it lands, source."""
    lines = [parameter.name, "", parameter.meaning, "", f"Accepted: {parameter.accepts()}"]
    if parameter.default is not None:
        lines.append(f"Default: {parameter.default}")
    lines += [f"On the node: {place}" for place in parameter.node]
    return "\n".join([*lines, "", f"Source: {parameter.source}", ""])


def overview() -> str:
    """All rules and parameters, a line each."""
    from calico_config.parameters import PARAMETERS

    rules = all_rules()
    width = max(map(len, rules))
    lines = ["Rules:"]
    lines += [f"  {rule.id:<{width}}  {rule.severity.value:<8} {rule.title}" for rule in rules.values()]
    lines += ["", "Parameters:", *(f"  {each.name}" for each in PARAMETERS)]
    return "\n".join(lines) + "\n"
