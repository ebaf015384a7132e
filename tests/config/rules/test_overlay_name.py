"""An overlay's name cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "overlay-name"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        (
            (
                'dcos_overlay_network: {VTEPS, "overlays": [DCOS, {"name": "bridge", '
                '"subnet": "10.64.0.0/16", "prefix": 24}]}'
            ),
            "error",
            "reserved",
            {},
        ),
        (
            (
                'dcos_overlay_network: {VTEPS, "overlays": [DCOS, {"name": "dcos", '
                '"subnet": "10.64.0.0/16", "prefix": 24}]}'
            ),
            "error",
            "two overlays",
            {},
        ),
        (
            (
                'dcos_overlay_network: {VTEPS, "overlays": [DCOS, {"name": "calico", '
                '"subnet": "10.64.0.0/16", "prefix": 24}]}'
            ),
            "error",
            "Calico's own",
            {},
        ),
        (
            (
                'dcos_overlay_network: {VTEPS, "overlays": [DCOS, {"name": '
                '"mesos-bridge", "subnet": "10.64.0.0/16", "prefix": 24}]}'
            ),
            "warning",
            "UCR bridge",
            {},
        ),
        (
            (
                'dcos_overlay_network: {VTEPS, "overlays": [DCOS, {"name": "-x", '
                '"subnet": "10.64.0.0/16", "prefix": 24}]}'
            ),
            "warning",
            "Docker",
            {},
        ),
        (
            (
                'dcos_overlay_network: {VTEPS, "overlays": [DCOS, {"name": "host", '
                '"subnet": "10.64.0.0/16", "prefix": 24}]}'
            ),
            "error",
            "reserved",
            {},
        ),
        (
            (
                'dcos_overlay_network: {VTEPS, "overlays": [DCOS, {"name": "default", '
                '"subnet": "10.64.0.0/16", "prefix": 24}]}'
            ),
            "error",
            "reserved",
            {},
        ),
        (
            (
                'dcos_overlay_network: {VTEPS, "overlays": [DCOS, {"name": "none", '
                '"subnet": "10.64.0.0/16", "prefix": 24}]}'
            ),
            "error",
            "reserved",
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
                "calico_enabled: false\n"
                'dcos_overlay_network: {VTEPS, "overlays": [DCOS, {"name": "calico", '
                '"subnet": "10.64.0.0/16", "prefix": 24}]}'
            ),
            {},
        ),
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
