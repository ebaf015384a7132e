"""Problems while they are collected: with offsets instead of lines, which are counted once at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_core.findings import in_order
from calico_core.json.pointers import pointer
from calico_core.spans import Lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from calico_core.findings import Finding, Severity
    from calico_core.json.pointers import Path
    from calico_core.rules import Rule

"""Keys and indexes from the document's root to a value."""


class Problem(NamedTuple):
    """A finding whose place is an offset in the text and a path in the document."""

    rule: Rule
    message: str
    hint: str
    offset: int
    path: Path
    severity: Severity | None = None

    @property
    def refuses(self) -> bool:
        """Whether Calico would not take the resource because of it."""
        return self.rule.id.startswith("invalid-")


def article(noun: str) -> str:
    """``noun`` with its article; Calico's kinds are said as they are written."""
    return f"an {noun}" if noun.startswith(("IP", "A", "E", "O")) else f"a {noun}"


def to_findings(text: str, problems: Iterable[Problem]) -> list[Finding]:
    """The findings of one text, in the order of their places."""
    lines = Lines(text)
    findings = []
    for problem in sorted(problems, key=_by_offset):
        line, column = lines.position(problem.offset)
        findings.append(
            problem.rule.finding(
                problem.message,
                hint=problem.hint,
                line=line,
                column=column,
                pointer=pointer(problem.path),
                severity=problem.severity,
            )
        )
    return in_order(findings)


def _by_offset(problem: Problem) -> int:
    return problem.offset
