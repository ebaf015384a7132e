"""Answers as JSON values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_migrate.policy.answering.wording import protocol_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from calico_migrate.policy.answering.answers import Answer
    from calico_migrate.policy.answering.asking import Reply
    from calico_migrate.policy.answering.cells import CellOutcome, Matrix, PortOutcome
    from calico_migrate.policy.answering.evaluation import Verdict
    from calico_migrate.policy.answering.grouping import Group
    from calico_migrate.policy.answering.wording import Step


def steps(trace: Iterable[Step]) -> list[dict[str, Any]]:
    """The steps of a trace: ``direction``, ``endpoint``, ``policy``, ``rule``, ``action``, ``why``."""
    return [step._asdict() for step in trace]


def verdict(found: Verdict) -> dict[str, Any]:
    """The report on a scenario."""
    return {"version": 1, "verdict": found.verdict, "trace": steps(found.trace)} | _cases(found)


def reply(found: Reply) -> dict[str, Any]:
    """The report of ``policy simulate``.

    ``trace`` has the steps of everything that was asked. With several ports ``ports`` has an answer for
    each; an answer that depends has ``cases``, each with its verdict, its condition and its trace.
    ``assumes`` is there where something that the question leaves open is taken for granted.
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


def _cases(answer: Answer | Verdict) -> dict[str, Any]:
    assumes = {"assumes": [answer.assumes]} if answer.assumes else {}
    if answer.verdict != "depends":
        return assumes
    return assumes | {
        "cases": [
            {
                "verdict": "allow" if case.allowed else "deny",
                "when": case.when,
                "trace": steps(case.trace),
            }
            for case in answer.cases
        ]
    }


def matrix(found: Matrix, before: Matrix | None = None) -> dict[str, Any]:
    """The report of ``policy matrix``.

    ``cells[i][j]`` is the number of an outcome, for what goes from group i to group j; a case of an outcome
    names its traces by number. ``before`` has the same for the earlier policies, and ``changes`` lists the
    cells in which a port's verdict is another one.
    """
    report: dict[str, Any] = {
        "version": 1,
        "agents": "one" if found.same_agent else "two",
        "groups": [_group(group) for group in found.groups],
        **_answers(found),
    }
    if before is not None:
        report["before"] = _answers(before)
        report["changes"] = [
            {"from": source, "to": target, "ports": ports} for source, target, ports in changes(before, found)
        ]
    return report


def changes(before: Matrix, after: Matrix) -> Iterator[tuple[int, int, list[dict[str, Any]]]]:
    """The cells in which a port's verdict changes, with those ports."""
    different: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for source, (old_row, new_row) in enumerate(zip(before.cells, after.cells, strict=True)):
        for target, pair in enumerate(zip(old_row, new_row, strict=True)):
            ports = different.get(pair)
            if ports is None:
                old, new = before.outcomes[pair[0]], after.outcomes[pair[1]]
                ports = different[pair] = [
                    {**_port(new_port), "before": old_port.verdict, "after": new_port.verdict}
                    for old_port, new_port in zip(old.ports, new.ports, strict=True)
                    if old_port.verdict != new_port.verdict
                ]
            if ports:
                yield source, target, ports


def _answers(found: Matrix) -> dict[str, Any]:
    return {
        "outcomes": [_outcome(outcome) for outcome in found.outcomes],
        "traces": [steps(trace) for trace in found.traces],
        "cells": found.cells,
    }


def _group(group: Group) -> dict[str, Any]:
    party = group.representative
    return {
        "name": group.name,
        "kind": party.kind,
        "network": party.network,
        "ports": [{"port": number, "protocol": protocol_name(protocol)} for number, protocol in group.ports],
        "members": [
            {
                "id": member.name,
                "runtime": member.workload.runtime if member.workload is not None else "",
                "labels": dict(member.labels),
                "ports": [
                    {"port": port.number, "protocol": protocol_name(port.protocol)} for port in member.ports
                ],
            }
            for member in group.members
        ],
    }


def _outcome(outcome: CellOutcome) -> dict[str, Any]:
    return {
        "summary": outcome.summary,
        "ports": [
            {
                **_port(port),
                "verdict": port.verdict,
                **({"assumes": [port.assumes]} if port.assumes else {}),
                "cases": [
                    {
                        "verdict": "allow" if case.allowed else "deny",
                        "when": case.when,
                        "traces": list(case.traces),
                    }
                    for case in port.cases
                ],
            }
            for port in outcome.ports
        ],
    }


def _port(port: PortOutcome) -> dict[str, Any]:
    return {"port": port.port, "protocol": protocol_name(port.protocol)}
