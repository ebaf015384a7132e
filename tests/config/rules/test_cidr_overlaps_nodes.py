"""The pool contains addresses of nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "cidr-overlaps-nodes"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        ("master_list: [172.29.0.10]", "error", "1 master", {}),
        ("calico_network_cidr: 10.7.0.0/16", "error", "10.7.0.11", {}),
        (
            "agent_list: [172.29.4.1, 172.29.4.2, 172.29.4.3, 172.29.4.4]",
            "error",
            "4 agents (172.29.4.1, 172.29.4.2, 172.29.4.3 and 1 more)",
            {},
        ),
        ("public_agent_list: [172.29.4.9]", "error", "public agent", {}),
        ("", "error", "given with --agents", {"agents": ("172.29.9.9", "node-7")}),
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
        ("master_list: [172.28.255.255, 172.30.0.0, 10.7.0.3]", {}),
        ("agent_list: nonsense", {}),
        ("calico_enabled: false\nmaster_list: [172.29.0.10]", {}),
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
