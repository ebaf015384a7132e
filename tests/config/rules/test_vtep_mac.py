"""`vtep_mac_oui` is no MAC address that the overlay can use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "vtep-mac"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        (
            (
                'dcos_overlay_network: {"vtep_subnet": "44.128.0.0/20", '
                '"vtep_subnet6": "fd01:a::/64", "vtep_mac_oui": "zz", "overlays": '
                "[DCOS]}"
            ),
            "error",
            "no MAC",
            {},
        ),
        (
            (
                'dcos_overlay_network: {"vtep_subnet": "44.128.0.0/20", '
                '"vtep_subnet6": "fd01:a::/64", "vtep_mac_oui": "70:B3:D5", '
                '"overlays": [DCOS]}'
            ),
            "error",
            "no MAC",
            {},
        ),
        (
            (
                'dcos_overlay_network: {"vtep_subnet": "44.128.0.0/20", '
                '"vtep_subnet6": "fd01:a::/64", "vtep_mac_oui": "70-B3-D5-00-00-00", '
                '"overlays": [DCOS]}'
            ),
            "error",
            "no MAC",
            {},
        ),
        (
            (
                'dcos_overlay_network: {"vtep_subnet": "44.128.0.0/20", '
                '"vtep_subnet6": "fd01:a::/64", "vtep_mac_oui": "70:B3:D5:00:00:01", '
                '"overlays": [DCOS]}'
            ),
            "error",
            "three bytes 00",
            {},
        ),
        (
            (
                'dcos_overlay_network: {"vtep_subnet": "44.128.0.0/20", '
                '"vtep_subnet6": "fd01:a::/64", "vtep_mac_oui": null, "overlays": '
                "[DCOS]}"
            ),
            "error",
            "no text",
            {},
        ),
        (
            (
                'dcos_overlay_network: {"vtep_subnet": "44.128.0.0/20", '
                '"vtep_subnet6": "fd01:a::/64", "vtep_mac_oui": 7, "overlays": [DCOS]}'
            ),
            "error",
            "a number",
            {},
        ),
        (
            (
                'dcos_overlay_network: {"vtep_subnet": "44.128.0.0/20", '
                '"vtep_subnet6": "fd01:a::/64", "vtep_mac_oui": "71:B3:D5:00:00:00", '
                '"overlays": [DCOS]}'
            ),
            "error",
            "multicast",
            {},
        ),
        (
            (
                "dcos_overlay_network:\n"
                "  vtep_subnet: 44.128.0.0/20\n"
                "  vtep_subnet6: fd01:a::/64\n"
                "  vtep_mac_oui: 70:13:15:00:00:00\n"
                "  overlays: [{name: dcos, subnet: 9.0.0.0/8, prefix: 24}]"
            ),
            "error",
            "base-60",
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
                'dcos_overlay_network: {"vtep_subnet": "44.128.0.0/20", '
                '"vtep_subnet6": "fd01:a::/64", "vtep_mac_oui": "70:b3:d5:00:00:00", '
                '"overlays": [DCOS]}'
            ),
            {},
        ),
        ("", {}),
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
