"""An overlay's subnet is written in a way that the Mesos master cannot read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "overlay-subnet"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        (
            (
                'dcos_overlay_network: {VTEPS, "overlays": [{"name": "dcos", "subnet": '
                '"9.0.0.0", "prefix": 24}]}'
            ),
            "error",
            "no prefix length",
            {},
        ),
        (
            (
                'dcos_overlay_network: {VTEPS, "overlays": [{"name": "dcos", "subnet": '
                '"9.0.0.0/255.0.0.0", "prefix": 24}]}'
            ),
            "error",
            "netmask",
            {},
        ),
        (
            ('dcos_overlay_network: {VTEPS, "overlays": [{"name": "dcos", "subnet": 9, "prefix": 24}]}'),
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
        ("", {}),
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
