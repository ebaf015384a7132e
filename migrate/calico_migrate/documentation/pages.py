"""The pages that are generated from the code: rules, parameters, exit codes and the help of every command."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calico_core.exits import MEANINGS
from calico_migrate.documentation.parameters import parameters_page
from calico_migrate.rule_index import all_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_core.rules import Rule

# The package of a rule, and the command that it belongs to.
_COMMANDS = {
    "calico_migrate.marathon.rules": "marathon",
    "calico_migrate.package.rules": "package",
    "calico_config.rules": "config",
    "calico_migrate.network.rules": "network",
    "calico_migrate.policy.rules": "policy",
    "calico_migrate.calico.rules": "policy",
    "calico_migrate.configuration.rules": "configuration",
    "calico_migrate.survey.rules": "survey",
    "calico_migrate.diagnose.rules": "diagnose",
}
_EVERYWHERE = "configuration"

_INDEX_HEAD = """\
# Rules

What `calico-migrate` tells a human, and the changes that it makes, each with its rule. `calico-migrate
explain RULE` prints a page of these, `--ignore RULE` keeps a rule's findings out of a report. An error will
not work, or a human must act before it does; a warning is likely harm, or depends on the site; an info is
worth knowing.

These pages are generated from the rules' docstrings: `scripts/docs`.
"""

_EXITS_HEAD = """\
# Exit codes

Every command ends with one of these.

| code | meaning |
|---|---|
"""

_EXITS_TAIL = """
Where several apply, the first of 130, 5, 4, 3, 1 is given. Nothing is ever half written: a file has either
its old bytes or its new bytes. `--fail-on error|warning|info|never` says from which severity on findings
count; the default is `error`.

`network verify` ends with 1 when anything differs from what was promised, with 4 when an agent gave no
answer, and with 3 when a collected file cannot be read. `network run` ends with 0 when every agent is known
to be right, with 1 when one has something else, and with 4 for other failures and for what is unknown.
`policy test` and `policy simulate --expect` end with 1 when an expectation is not met.

This page is generated: `scripts/docs`.
"""


def pages() -> dict[str, str]:
    """The Markdown of each generated page, by its path below ``docs``."""
    rules = list(all_rules().values())
    found = {f"rules/{rule.id}.md": rule_page(rule) for rule in rules}
    return {
        "exit-codes.md": _exit_codes(),
        "parameters.md": parameters_page(),
        "rules/README.md": _index(rules),
        **found,
    }


def rule_page(rule: Rule) -> str:
    """The page of one rule: its title, what it is about, an example, what to do, and the source."""
    body = rule.documentation.partition("\n")[2].strip("\n")
    command = command_of(rule)
    link = f"[`calico-migrate {command}`](../commands/{command}.md)"
    if command == _EVERYWHERE:
        link = "all that report findings, by [the configuration file](../configuration.md)"
    return (
        f"# {rule.id}\n\n**{rule.title}.**\n\nSeverity: {rule.severity.value}. Command: {link}.\n\n"
        f"{_markdown(body)}\n\nSource: {rule.source}\n"
    )


def command_of(rule: Rule) -> str:
    """The command that a rule belongs to."""
    return next(command for package, command in _COMMANDS.items() if rule.module.startswith(f"{package}."))


def _markdown(text: str) -> str:
    """A docstring as Markdown: its indented blocks are fenced, so that nothing in them is markup."""
    lines: list[str] = []
    fenced = False
    for line in text.split("\n"):
        indented = line.startswith("    ")
        if indented and not fenced:
            lines += ["", "```text"] if lines and lines[-1] else ["```text"]
        if fenced and line and not indented:
            # The blank line in front of this one stands inside the fence.
            while lines[-1] == "":
                lines.pop()
            lines += ["```", ""]
        fenced = indented or (fenced and not line)
        lines.append(line[4:] if indented else re.sub(r"``([^`]+)``", r"`\1`", line))
    return "\n".join([*lines, "```"] if fenced else lines)


def _index(rules: Sequence[Rule]) -> str:
    parts = [_INDEX_HEAD]
    for command in dict.fromkeys(_COMMANDS.values()):
        parts.append(f"\n## {command}\n\n| rule | severity | what it says |\n|---|---|---|\n")
        parts += [
            f"| [{rule.id}]({rule.id}.md) | {rule.severity.value} | {_cell(rule.title)} |\n"
            for rule in rules
            if command_of(rule) == command
        ]
    return "".join(parts)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _exit_codes() -> str:
    rows = "".join(f"| {int(code)} | {_cell(meaning)} |\n" for code, meaning in MEANINGS.items())
    return _EXITS_HEAD + rows + _EXITS_TAIL
