"""Calico's VXLAN shares UDP port 64000 with the DC/OS overlay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "vxlan-port-shared"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        ("", "info", "64000 (the default)", {}),
        ("calico_vxlan_port: 64000", "info", "64000", {}),
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
        ("calico_vxlan_port: 4789", {}),
        ("dcos_overlay_enable: false\n", {}),
        ("calico_vxlan_enabled: false", {}),
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
