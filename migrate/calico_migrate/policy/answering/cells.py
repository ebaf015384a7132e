"""What a matrix of flows answers: its outcomes, cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_migrate.policy.answering.grouping import Group
    from calico_migrate.policy.answering.wording import Step


class PortCase(NamedTuple):
    """One way in which a port's flow can go: its verdict, its condition, and its traces by number."""

    allowed: bool
    when: str
    traces: tuple[int, ...]


class PortOutcome(NamedTuple):
    """What is answered about one port: ``verdict`` is ``allow``, ``deny`` or ``depends``.

    ``port`` is None for a protocol without ports; ``assumes`` says what is taken for granted.
    """

    port: int | None
    protocol: int
    verdict: str
    cases: tuple[PortCase, ...]
    assumes: str = ""


class CellOutcome(NamedTuple):
    """What is answered about one cell.

    ``summary`` says which of the target's declared ports are allowed: ``all``, ``some``, ``none``,
    ``depends`` where one of them depends, ``no ports`` where none is declared.
    """

    summary: str
    ports: tuple[PortOutcome, ...]


class Matrix(NamedTuple):
    """``cells[i][j]`` is the number of the outcome from group i to group j.

    ``traces`` are lists of steps; their endpoint is ``source`` or ``target``, that of the cell.
    """

    groups: Sequence[Group]
    outcomes: Sequence[CellOutcome]
    traces: Sequence[tuple[Step, ...]]
    cells: Sequence[Sequence[int]]
    same_agent: bool

    def outcome(self, source: int, target: int) -> CellOutcome:
        """The outcome of one cell."""
        return self.outcomes[self.cells[source][target]]


def summary(ports: Sequence[PortOutcome]) -> str:
    """Which of the ports are allowed, in a word (see `CellOutcome`)."""
    verdicts = {port.verdict for port in ports}
    if not verdicts:
        return "no ports"
    if "depends" in verdicts:
        return "depends"
    return "some" if len(verdicts) > 1 else "all" if "allow" in verdicts else "none"
