"""The Mesos master cannot use `vtep_subnet`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "vtep-subnet"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        (
            (
                'dcos_overlay_network: {"vtep_subnet": "40.0.0.0/6", "vtep_subnet6": '
                '"fd01:a::/64", "vtep_mac_oui": "70:B3:D5:00:00:00", "overlays": '
                "[DCOS]}"
            ),
            "error",
            "larger than a /8",
            {},
        ),
        (
            (
                'dcos_overlay_network: {"vtep_subnet": "44.128.0.0", "vtep_subnet6": '
                '"fd01:a::/64", "vtep_mac_oui": "70:B3:D5:00:00:00", "overlays": '
                "[DCOS]}"
            ),
            "error",
            "no prefix length",
            {},
        ),
        (
            (
                'dcos_overlay_network: {"vtep_subnet": "44.128.0.0/255.255.240.0", '
                '"vtep_subnet6": "fd01:a::/64", "vtep_mac_oui": "70:B3:D5:00:00:00", '
                '"overlays": [DCOS]}'
            ),
            "error",
            "netmask",
            {},
        ),
        (
            (
                'dcos_overlay_network: {"vtep_subnet": 44, "vtep_subnet6": '
                '"fd01:a::/64", "vtep_mac_oui": "70:B3:D5:00:00:00", "overlays": '
                "[DCOS]}"
            ),
            "error",
            "no text",
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
                'dcos_overlay_network: {"vtep_subnet": "44.0.0.0/8", "vtep_subnet6": '
                '"fd01:a::/64", "vtep_mac_oui": "70:B3:D5:00:00:00", "overlays": '
                "[DCOS]}"
            ),
            {},
        ),
        ("", {}),
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
