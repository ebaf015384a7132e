"""`vtep_subnet` has too few addresses for the nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "vtep-room"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        (
            (
                'dcos_overlay_network: {"vtep_subnet": "44.128.0.0/30", '
                '"vtep_subnet6": "fd01:a::/64", "vtep_mac_oui": "70:B3:D5:00:00:00", '
                '"overlays": [DCOS]}'
            ),
            "warning",
            "2 addresses",
            {},
        ),
        (
            (
                'dcos_overlay_network: {"vtep_subnet": "44.128.0.0/32", '
                '"vtep_subnet6": "fd01:a::/64", "vtep_mac_oui": "70:B3:D5:00:00:00", '
                '"overlays": [DCOS]}'
            ),
            "warning",
            "0 addresses",
            {},
        ),
        (
            (
                'dcos_overlay_network: {"vtep_subnet": "44.128.0.0/26", '
                '"vtep_subnet6": "fd01:a::/64", "vtep_mac_oui": "70:B3:D5:00:00:00", '
                '"overlays": [DCOS]}'
            ),
            "warning",
            "62 addresses",
            {"nodes": 70},
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
        ('dcos_overlay_network: {VTEPS, "overlays": [DCOS]}', {"nodes": 1000}),
        ("", {}),
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
