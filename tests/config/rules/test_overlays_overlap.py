"""Two overlays share addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "overlays-overlap"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        (
            (
                'dcos_overlay_network: {VTEPS, "overlays": [DCOS, {"name": "b", '
                '"subnet": "9.1.0.0/16", "prefix": 24}]}'
            ),
            "error",
            "lies inside",
            {},
        ),
        (
            (
                'dcos_overlay_network: {VTEPS, "overlays": [DCOS, {"name": "b", '
                '"subnet": "9.0.0.0/8", "prefix": 24}]}'
            ),
            "error",
            "equals",
            {},
        ),
        (
            (
                'dcos_overlay_network: {VTEPS, "overlays": [DCOS, {"name": "b", '
                '"subnet": "9.0.0.0/16", "prefix": 24, "enabled": false}]}'
            ),
            "error",
            "lies inside",
            {},
        ),
        (
            (
                'dcos_overlay_network: {VTEPS, "overlays": [DCOS, {"name": "b", '
                '"subnet6": "fd01:b::/64", "prefix6": 80}, {"name": "c", "subnet6": '
                '"fd01:b::/72", "prefix6": 80}]}'
            ),
            "error",
            "IPv6",
            {},
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
        ('dcos_overlay_network: {VTEPS, "overlays": [DCOS]}', {}),
        ("", {}),
        (
            (
                "dcos_overlay_enable: false\n"
                'dcos_overlay_network: {VTEPS, "overlays": [DCOS, {"name": "b", '
                '"subnet": "9.1.0.0/16", "prefix": 24}]}'
            ),
            {},
        ),
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
