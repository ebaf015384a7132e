"""The DC/OS overlay's packets do not fit through the network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "overlay-mtu-above-link"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        ("dcos_overlay_mtu: 1500", "warning", "at most 1450", {}),
        ("", "info", "1420 (default)", {"link_mtu": 1400}),
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
        ("dcos_overlay_mtu: 1450", {}),
        ("dcos_overlay_mtu: 1500", {"link_mtu": 9000}),
        ("dcos_overlay_enable: false\ndcos_overlay_mtu: 1500", {}),
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
