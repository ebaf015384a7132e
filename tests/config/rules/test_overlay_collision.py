"""The DC/OS overlay shares addresses with something else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "overlay-collision"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        (
            (
                'dcos_overlay_network: {VTEPS, "overlays": [{"name": "dcos", "subnet": '
                '"10.7.0.0/16", "prefix": 24}]}'
            ),
            "warning",
            "1 master",
            {},
        ),
        (
            (
                'dcos_overlay_network: {VTEPS, "overlays": [DCOS, {"name": "b", '
                '"subnet": "11.0.0.0/16", "prefix": 24}]}'
            ),
            "warning",
            "VIP",
            {},
        ),
        (
            (
                'dcos_overlay_network: {"vtep_subnet": "172.17.0.0/20", '
                '"vtep_subnet6": "fd01:a::/64", "vtep_mac_oui": "70:B3:D5:00:00:00", '
                '"overlays": [DCOS]}'
            ),
            "warning",
            "docker0",
            {},
        ),
        (
            (
                'dcos_overlay_network: {"vtep_subnet": "9.0.0.0/20", "vtep_subnet6": '
                '"fd01:a::/64", "vtep_mac_oui": "70:B3:D5:00:00:00", "overlays": '
                "[DCOS]}"
            ),
            "warning",
            "VTEP",
            {},
        ),
        ("master_list: [9.0.0.10]", "warning", "overlay network dcos", {}),
        ("master_list: [44.128.0.10]", "warning", "VTEP", {}),
        (
            (
                'dcos_overlay_network: {VTEPS, "overlays": [{"name": "dcos", "subnet": '
                '"172.31.254.0/24", "prefix": 26}]}'
            ),
            "warning",
            "UCR bridge",
            {},
        ),
        (
            (
                'dcos_overlay_network: {VTEPS, "overlays": [{"name": "dcos", "subnet": '
                '"9.0.0.0/8", "prefix": 24, "subnet6": "fd01:a::/64", "prefix6": 80}]}'
            ),
            "warning",
            "vtep_subnet6",
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
        ("dcos_overlay_enable: false\nmaster_list: [9.0.0.10]", {}),
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
