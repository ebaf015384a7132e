"""An overlay's prefix gives the agents no subnet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "overlay-prefix"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        (
            (
                'dcos_overlay_network: {VTEPS, "overlays": [{"name": "dcos", "subnet": '
                '"9.0.0.0/8", "prefix": 33}]}'
            ),
            "error",
            "more than 32",
            {},
        ),
        (
            (
                'dcos_overlay_network: {VTEPS, "overlays": [{"name": "dcos", "subnet": '
                '"9.0.0.0/8", "prefix": 4}]}'
            ),
            "error",
            "shorter",
            {},
        ),
        (
            (
                'dcos_overlay_network: {VTEPS, "overlays": [{"name": "dcos", "subnet": '
                '"9.0.0.0/8", "prefix": -1}]}'
            ),
            "error",
            "less than 0",
            {},
        ),
        (
            (
                'dcos_overlay_network: {VTEPS, "overlays": [{"name": "dcos", "subnet": '
                '"9.0.0.0/8", "prefix": "24"}]}'
            ),
            "error",
            "no whole number",
            {},
        ),
        (
            (
                'dcos_overlay_network: {VTEPS, "overlays": [{"name": "dcos", "subnet": '
                '"9.0.0.0/8", "prefix": 24.5}]}'
            ),
            "error",
            "no whole number",
            {},
        ),
        (
            ('dcos_overlay_network: {VTEPS, "overlays": [{"name": "dcos", "subnet": "9.0.0.0/8"}]}'),
            "error",
            "missing",
            {},
        ),
        (
            ('dcos_overlay_network: {VTEPS, "overlays": [DCOS, {"name": "b", "subnet6": "fd01:b::/64"}]}'),
            "error",
            "prefix6",
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
        (
            (
                'dcos_overlay_network: {VTEPS, "overlays": [{"name": "dcos", "subnet": '
                '"9.0.0.0/8", "prefix": 8}]}'
            ),
            {},
        ),
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
