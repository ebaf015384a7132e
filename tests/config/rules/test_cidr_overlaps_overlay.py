"""The pool overlaps an overlay network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "cidr-overlaps-overlay"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        ("calico_network_cidr: 9.1.0.0/16", "error", "lies inside", {}),
        (
            (
                "calico_network_cidr: 10.64.0.0/16\n"
                'dcos_overlay_network: {VTEPS, "overlays": [DCOS, {"name": "b", '
                '"subnet": "10.64.3.0/24", "prefix": 26}]}'
            ),
            "error",
            "contains",
            {},
        ),
        (
            (
                'dcos_overlay_network: {VTEPS, "overlays": [{"name": "dcos", "subnet": '
                '"172.29.128.0/17", "prefix": 24}]}'
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
        ("dcos_overlay_enable: false\ncalico_network_cidr: 9.1.0.0/16", {}),
        (
            (
                "calico_network_cidr: 10.64.0.0/16\n"
                'dcos_overlay_network: {VTEPS, "overlays": [DCOS, {"name": "b", '
                '"subnet": "10.64.0.0/24", "prefix": 26, "enabled": false}]}'
            ),
            {},
        ),
        ("calico_network_cidr: 10.128.0.0/16", {}),
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
