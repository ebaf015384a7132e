"""The pool has too few blocks for the nodes and tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "pool-too-few-blocks"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        ("calico_network_cidr: 10.128.0.0/26", "warning", "1 block", {}),
        ("calico_network_cidr: 10.128.0.0/24", "warning", "5 nodes", {"nodes": 5}),
        (
            "calico_network_cidr: 10.128.0.0/20",
            "warning",
            "twice that during a deployment",
            {"nodes": 10, "tasks": 2000},
        ),
        ("", "info", "default pool", {"nodes": 900}),
    ],
)
def test_it_speaks(
    found: Callable[..., Any], lines: str, severity: str, words: str, options: dict[str, Any]
) -> None:
    findings = found(RULE, lines, **options)
    assert severity in [str(finding.severity) for finding in findings]
    assert any(words in f"{finding.message} {finding.hint}" for finding in findings)
    assert all(finding.hint and finding.source for finding in findings)


@pytest.mark.parametrize(
    ("lines", "options"),
    [
        ("calico_network_cidr: 10.128.0.0/16", {"nodes": 800}),
        ("calico_network_cidr: 10.128.0.0/20", {"nodes": 10, "tasks": 200}),
        ("calico_network_cidr: 10.128.0.0/25\ncalico_enabled: false", {"nodes": 50}),
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
