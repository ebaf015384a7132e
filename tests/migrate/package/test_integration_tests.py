"""Integration tests that name the old network."""

from __future__ import annotations

from calico_migrate.network_map import NetworkMap
from calico_migrate.package import integration_tests


def test_lines_about_networks_alone() -> None:
    text = (
        "import sdk_networks\n"
        '# network "dcos"\n'
        'NETWORK = "dcos"\n'
        'run("dcos", "node")\n'
        "check(expected_network_name='dcos')\n"
        'check_network("dcos6")\n'
    )
    found = integration_tests.findings(text, NetworkMap())
    assert [(finding.line, finding.column) for finding in found] == [(3, 12), (5, 30)]
    assert {finding.rule for finding in found} == {"test-names-network"}
