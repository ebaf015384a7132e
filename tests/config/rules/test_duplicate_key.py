"""A key stands twice, and the last one wins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "duplicate-key"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        ("calico_network_cidr: 9.0.0.0/8\ncalico_network_cidr: 10.128.0.0/16", "warning", "line 7", {}),
        (
            ('calico_network_cidr: 10.128.0.0/16\n"calico_network_cidr": 10.128.0.0/16'),
            "warning",
            "line 7",
            {},
        ),
        (
            (
                "dcos_overlay_network:\n"
                "  vtep_subnet: bad\n"
                "  vtep_subnet: 44.128.0.0/20\n"
                "  vtep_subnet6: fd01:a::/64\n"
                "  vtep_mac_oui: 70:B3:D5:00:00:00\n"
                "  overlays: [{name: dcos, subnet: 9.0.0.0/8, prefix: 24}]"
            ),
            "warning",
            "vtep_subnet",
            {},
        ),
        (
            ('dcos_overlay_network: \'{"vtep_subnet": "bad", VTEPS, "overlays": [DCOS]}\''),
            "warning",
            "JSON text",
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
        ("calico_network_cidr: 10.128.0.0/16", {}),
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
