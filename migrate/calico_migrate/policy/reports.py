"""Answers as JSON values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_migrate.policy.wording import protocol_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from calico_migrate.policy.asking import Reply
    from calico_migrate.policy.evaluation import Verdict
    from calico_migrate.policy.simulation import Answer
    from calico_migrate.policy.wording import Step


def steps(trace: Iterable[Step]) -> list[dict[str, Any]]:
    """The steps of a trace: ``direction``, ``endpoint``, ``policy``, ``rule``, ``action``, ``why``."""
    return [step._asdict() for step in trace]


def verdict(found: Verdict) -> dict[str, Any]:
    """The report on a scenario."""
    return {"version": 1, "verdict": found.verdict, "trace": steps(found.trace)}


def reply(found: Reply) -> dict[str, Any]:
    """The report of ``policy simulate``.

    ``trace`` has the steps of everything that was asked. With several ports ``ports`` has an answer for
    each; an answer that depends has ``cases``, each with its verdict, its condition and its trace.
    """
    report: dict[str, Any] = {
        "version": 1,
        "verdict": found.verdict,
        "trace": [step for one in found.asked for step in steps(one.answer.trace)],
    }
    if len(found.asked) == 1:
        return report | _cases(found.asked[0].answer)
    report["ports"] = [
        {
            "port": one.port,
            "protocol": protocol_name(one.protocol),
            "verdict": one.answer.verdict,
            "trace": steps(one.answer.trace),
            **_cases(one.answer),
        }
        for one in found.asked
    ]
    return report


def _cases(answer: Answer) -> dict[str, Any]:
    if answer.verdict != "depends":
        return {}
    return {
        "cases": [
            {
                "verdict": "allow" if case.allowed else "deny",
                "when": case.when,
                "trace": steps(case.trace),
            }
            for case in answer.cases
        ]
    }
