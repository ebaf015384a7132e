"""A parameter came with a later DC/OS release."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "parameter-of-another-release"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        ("calico_enabled: false", "warning", "2.1.2", {"dcos_version": "2.1.1"}),
        ("calico_enabled: true", "warning", "2.1.0 ignores it", {"dcos_version": "2.1.0"}),
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
        ("calico_enabled: false", {}),
        ("calico_enabled: false", {"dcos_version": "2.1.2"}),
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
