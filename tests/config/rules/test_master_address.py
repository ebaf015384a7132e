"""A master has an address that is no machine's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "master-address"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        ("master_list: [0.0.0.0]", "info", "0.0.0.0", {}),
        ("master_list: [127.0.0.1]", "info", "loopback", {}),
        ("master_list: [11.1.1.1]", "info", "VIP", {}),
        ("master_list: [172.31.254.10]", "info", "UCR bridge", {}),
        ("master_list: [172.17.0.2]", "info", "docker0", {}),
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
        ("", {}),
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
