"""What is answered about one flow: its verdict, its cases, and what is taken for granted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_migrate.policy.answering.possible import settle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_migrate.policy.answering.possible import Possibility
    from calico_migrate.policy.answering.wording import Step

_MOST_CASES = 8


class Case(NamedTuple):
    """One way in which a flow can go; ``when`` says under what condition, empty for always."""

    allowed: bool
    when: str
    trace: tuple[Step, ...]


class Answer(NamedTuple):
    """``verdict`` is ``allow``, ``deny``, or ``depends`` where the cases differ.

    ``assumes`` says what is taken for granted of a question that leaves something open.
    """

    verdict: str
    cases: tuple[Case, ...]
    assumes: str = ""

    @property
    def trace(self) -> tuple[Step, ...]:
        """The steps of all cases, one after the other."""
        return tuple(one for case in self.cases for one in case.trace)


def certain(*, allowed: bool, trace: tuple[Step, ...]) -> Answer:
    """An answer that depends on nothing."""
    return Answer("allow" if allowed else "deny", (Case(allowed, "", trace),))


def of_cases(cases: Sequence[Case]) -> Answer:
    """The answer of some cases that may differ."""
    verdicts = {case.allowed for case in cases}
    if len(verdicts) == 1:
        # What holds in every case needs no condition; the first trace stands for all.
        return Answer("allow" if cases[0].allowed else "deny", (cases[0]._replace(when=""),))
    allowed = [case for case in cases if case.allowed]
    denied = [case for case in cases if not case.allowed]
    return Answer("depends", (*allowed[: _MOST_CASES // 2], *denied[: _MOST_CASES // 2]))


def of_possibilities(answers: Sequence[tuple[Possibility, Answer]]) -> Answer:
    """The answer to a question that may mean several packets."""
    if len(answers) == 1:
        return answers[0][1]
    cases, assumes = settle(
        [(possibility, answer.cases) for possibility, answer in answers],
        lambda case, when: case._replace(when=when),
    )
    verdicts = {case.allowed for case in cases}
    verdict = "depends" if len(verdicts) > 1 else "allow" if cases[0].allowed else "deny"
    return Answer(verdict, cases, assumes)
