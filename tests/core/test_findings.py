"""Findings and their order."""

from __future__ import annotations

import random

from calico_core.findings import Finding, Severity, in_order


def test_severities_are_ranked() -> None:
    assert [each.rank for each in (Severity.INFO, Severity.WARNING, Severity.ERROR)] == [1, 2, 3]
    assert f"{Severity.ERROR}" == "error"


def test_in_order_of_place_then_severity_then_rule() -> None:
    ordered = [
        Finding("z", Severity.INFO, "about the file"),
        Finding("b", Severity.ERROR, "m", line=1, column=2),
        Finding("a", Severity.WARNING, "m", line=1, column=2),
        Finding("b", Severity.WARNING, "m", line=1, column=2),
        Finding("a", Severity.ERROR, "m", line=1, column=10),
        Finding("a", Severity.ERROR, "m", line=2, column=1),
    ]
    shuffled = list(ordered)
    random.Random(1).shuffle(shuffled)
    assert in_order(shuffled) == ordered
