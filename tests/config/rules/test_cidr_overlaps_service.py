"""The pool contains the address of a service that the nodes need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "cidr-overlaps-service"


@pytest.mark.parametrize(
    ("lines", "severity", "words", "options"),
    [
        (
            (
                "exhibitor_storage_backend: zookeeper\n"
                "exhibitor_zk_hosts: 10.7.0.4:2181,172.29.3.4:2181\n"
                "exhibitor_zk_path: /x"
            ),
            "error",
            "exhibitor_zk_hosts",
            {},
        ),
        ("bootstrap_url: http://172.29.0.1:80/x", "error", "bootstrap_url", {}),
        (
            (
                "use_proxy: true\n"
                "http_proxy: http://me:pass@172.29.1.1:3128\n"
                "https_proxy: http://proxy:3128\nno_proxy: []"
            ),
            "error",
            "http_proxy",
            {},
        ),
        ("http_proxy: http://172.29.1.1:3128", "warning", "only with use_proxy: true", {}),
        ("exhibitor_zk_hosts: 172.29.3.4:2181", "warning", "exhibitor_storage_backend: zookeeper", {}),
        ('dns_forward_zones: {"corp": ["172.29.0.9:53"]}', "error", "dns_forward_zones", {}),
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
        ("bootstrap_url: http://repo-172.29.0.1.example/x", {}),
        ("bootstrap_url: file:///opt/dcos_install_tmp", {}),
        ("bootstrap_url: http://127.0.0.1/x\ncalico_network_cidr: 127.0.0.0/8", {}),
    ],
)
def test_it_is_silent(found: Callable[..., Any], lines: str, options: dict[str, Any]) -> None:
    assert found(RULE, lines, **options) == []
