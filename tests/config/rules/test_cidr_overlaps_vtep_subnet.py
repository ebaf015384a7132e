"""The pool overlaps the overlay's VTEP subnet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "cidr-overlaps-vtep-subnet"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        ("calico_network_cidr: 44.128.0.0/20", "error", "equals", {}),
        ("calico_network_cidr: 44.128.4.0/24", "error", "lies inside", {}),
        ("calico_network_cidr: 44.0.0.0/8", "error", "contains", {}),
        (
            (
                'dcos_overlay_network: {"vtep_subnet": "172.16.0.0/12", '
                '"vtep_subnet6": "fd01:a::/64", "vtep_mac_oui": "70:B3:D5:00:00:00", '
                '"overlays": [DCOS]}'
            ),
            "error",
            "default pool",
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
        ("dcos_overlay_enable: false\ncalico_network_cidr: 44.128.0.0/20", {}),
        ("calico_network_cidr: 44.128.16.0/20", {}),
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
