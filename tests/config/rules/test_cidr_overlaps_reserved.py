"""The pool overlaps a range that you reserved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from calico_config import parse_reserved

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "cidr-overlaps-reserved"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        (
            "calico_network_cidr: 10.128.0.0/16",
            "error",
            "office",
            {"reserved": (parse_reserved("10.0.0.0/8=office"),)},
        ),
        ("", "error", "default pool", {"reserved": (parse_reserved("172.29.7.0/24=vpn"),)}),
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
        ("calico_network_cidr: 10.128.0.0/16", {"reserved": (parse_reserved("10.200.0.0/16=office"),)}),
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
