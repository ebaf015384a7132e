"""What the tool tells a human: findings with a rule, a severity, a place, a reason and a hint."""

# No annotations as texts here: `NamedTuple` would compile each at every start.
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any, NamedTuple


class Severity(str, Enum):
    """How much a finding matters.

    ``error``: it will not work, or a human must act before it does. ``warning``: likely harm, or it
    depends on the site. ``info``: worth knowing.
    """

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """3 for an error, 2 for a warning, 1 for an info: what ``--fail-on`` compares."""
        return _RANKS[self]

    __str__ = str.__str__
    # That of the text, which is made once.
    __hash__ = str.__hash__


_RANKS = {Severity.ERROR: 3, Severity.WARNING: 2, Severity.INFO: 1}


class Finding(NamedTuple):
    """One thing that a human should know.

    ``line`` and ``column`` count from 1, columns in code points; both are None for a finding about a
    whole file. ``pointer`` is an RFC 6901 pointer where there is one. ``source`` says where the rule's
    fact comes from. ``part`` tells, where what was checked has several files, which of them the finding is
    about; reports put it into that file's list and do not show the part itself. ``id`` is what the finding is
    about: an app, pod, job, pool or package by its name. ``extra`` is what a command adds to its findings in
    the JSON report (``evidence`` of ``diagnose``).
    """

    rule: str
    severity: Severity
    message: str
    hint: str = ""
    line: int | None = None
    column: int | None = None
    pointer: str | None = None
    source: str = ""
    part: str | int | None = None
    id: str | None = None
    extra: Mapping[str, Any] | None = None

    def about(self, identity: str | None) -> "Finding":
        """The same finding about what has this name."""
        # There are many: `_replace` takes three times as long.
        return Finding(*self[:9], identity, self.extra)


def in_order(findings: list[Finding]) -> list[Finding]:
    """The findings sorted by place, then by severity (worst first), then by rule."""
    return sorted(
        findings, key=lambda one: (one.line or 0, one.column or 0, -one.severity.rank, one.rule, one.message)
    )


def by_part(findings: Iterable[Finding]) -> dict[str | int, list[Finding]]:
    """The findings of each part; raises ValueError for one that does not say its part."""
    found: dict[str | int, list[Finding]] = {}
    for finding in findings:
        if finding.part is None:
            raise ValueError(f"a finding of {finding.rule} does not say which part it is about")
        found.setdefault(finding.part, []).append(finding)
    return found
