"""A placeholder was not filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "unresolved-placeholder"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        (
            'calico_network_cidr: "{{ cidr }}"',
            "error",
            "not checked because of it: overlaps of Calico's network",
            {},
        ),
        ("master_list: [<master-private-ip-1>]", "error", "master-private-ip-1", {}),
        ("cluster_name: ${NAME}", "error", "cluster_name", {}),
        ("bootstrap_url: http://<bootstrap_ip>:80", "error", "bootstrap_ip", {}),
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
        ("", {}),
        ('ip_detect_contents: "echo ${IP}"', {}),
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
