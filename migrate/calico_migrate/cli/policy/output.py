"""Answers about policies as text on a terminal, and what the policy commands share."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from calico_core.exits import ExitCode
from calico_migrate.cli.terminal import Paint, write

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from calico_core.errors import CalicoMigrateError
    from calico_migrate.policy.answering.answers import Answer, Case
    from calico_migrate.policy.answering.asking import Reply
    from calico_migrate.policy.answering.evaluation import Verdict
    from calico_migrate.policy.answering.wording import Step
    from calico_migrate.policy.cluster.model import Model

_LONGEST = 10_000
_ACTIONS = {"Allow": "allow", "Deny": "deny"}


def errors(found: Sequence[CalicoMigrateError]) -> ExitCode:
    """Tells of the inputs that could not be read; the exit code that they stand for."""
    write("".join(f"calico-migrate: {error}\n" for error in found), sys.stderr)
    return ExitCode.UNREADABLE if found else ExitCode.DONE


def show_verdict(found: Verdict, paint: Paint) -> str:
    """A scenario's verdict and trace."""
    if found.cases:
        return f"{paint(found.verdict, found.verdict)}\n{_cases(found.cases, paint)}"
    return f"{paint(found.verdict, found.verdict)}\n{_trace(found.trace, paint, 2)}{_assumes(found, paint)}"


def show_reply(found: Reply, model: Model, paint: Paint, *, same_agent: bool, brief: bool) -> str:
    """The answers of ``policy simulate``, one block for each port; ``brief`` leaves the reasons out."""
    from calico_migrate.policy.answering.wording import describe_packet

    where = "on one agent" if same_agent else "on two different agents"
    lines = []
    for one in found.asked:
        asked = f"{found.source.name} to {found.destination.name}, {describe_packet(one.packet)}"
        verdict = one.answer.verdict
        lines.append(f"{paint(asked, 'bold')}: {paint(verdict, verdict)} ({where})\n")
        if brief:
            continue
        if verdict == "depends":
            lines.append(_cases(one.answer.cases, paint))
        else:
            lines += [_trace(case.trace, paint, 2) for case in one.answer.cases]
        lines.append(_assumes(one.answer, paint))
    depends = any(one.answer.verdict == "depends" for one in found.asked)
    by_agent = found.destination.vip is None and found.source.kind not in ("calico", "address")
    if depends and by_agent and not model.site.agents_known and not brief:
        lines.append(paint("  the agents' addresses are not known; --agents FILE gives them\n", "dim"))
    return "".join(lines)


def _cases(cases: Iterable[Case], paint: Paint) -> str:
    """The cases of an answer that depends, each with its condition."""
    lines = []
    for case in cases:
        word = "allow" if case.allowed else "deny"
        lines.append(f"  {paint(word, word)}{f' when {case.when}' if case.when else ''}:\n")
        lines.append(_trace(case.trace, paint, 4))
    return "".join(lines)


def _assumes(answer: Answer | Verdict, paint: Paint) -> str:
    return paint(f"  {answer.assumes}", "dim") + "\n" if answer.assumes else ""


def _trace(trace: Iterable[Step], paint: Paint, indent: int) -> str:
    from calico_core.legible import legible

    lines = []
    for step in trace:
        side = "out of" if step.direction == "egress" else "into"
        who = f" by {step.policy}" if step.policy is not None else ""
        action = paint(step.action, _ACTIONS.get(step.action, "dim"))
        # Selectors and names come from files, and may hold what moves a terminal's cursor.
        why, semicolon, change = legible(step.why, _LONGEST).partition("; to let it through")
        lines.append(f"{' ' * indent}{side} {legible(step.endpoint)}: {action}{legible(who)}: {why}\n")
        if semicolon:
            lines.append(f"{' ' * (indent + 2)}{semicolon[2:]}{change}\n")
    return "".join(lines)
