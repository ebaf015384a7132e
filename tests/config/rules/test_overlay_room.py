"""An overlay has room for too few agents, or an agent for too few containers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "overlay-room"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        (
            (
                'dcos_overlay_network: {VTEPS, "overlays": [{"name": "dcos", "subnet": '
                '"9.0.0.0/8", "prefix": 8}]}'
            ),
            "warning",
            "1 agent",
            {},
        ),
        (
            (
                'dcos_overlay_network: {VTEPS, "overlays": [{"name": "dcos", "subnet": '
                '"9.0.0.0/8", "prefix": 32}]}'
            ),
            "warning",
            "no address",
            {},
        ),
        (
            (
                'dcos_overlay_network: {VTEPS, "overlays": [{"name": "dcos", "subnet": '
                '"9.0.0.0/24", "prefix": 26}]}'
            ),
            "warning",
            "4 agents",
            {"nodes": 9},
        ),
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
        ('dcos_overlay_network: {VTEPS, "overlays": [DCOS]}', {"nodes": 100}),
        ("", {}),
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
