from __future__ import annotations

import pytest

from tests.migrate.package import making
from tests.migrate.package.telling import VARIABLE, Teller, framework


def test_a_test_of_a_framework(told: Teller) -> None:
    line = 'sdk_networks.check_task_network("demo-0", expected_network_name="dcos")\n'
    report = told(framework(making.texts(), VARIABLE) | {"tests/test_overlay.py": "import x\n\n" + line})
    found = report.one("test-names-network")
    assert (found.severity, found.file) == ("warning", "test_overlay.py")
    assert found.line == 3
    assert found.here.startswith('dcos")')
    assert "names the network 'dcos'" in found.message
    assert "not edited" in found.message
    assert "write 'calico' there" in found.hint
    assert {edit.file for edit in report.edits} == {"config.json"}


def test_the_names_are_those_of_the_map(told: Teller) -> None:
    report = told({"test_net.py": "NETWORK = 'blue'\n"}, "--map", "blue=green", "--skip-unknown")
    assert "write 'green' there" in report.one("test-names-network").hint


@pytest.mark.parametrize(
    "line",
    [
        'run("dcos", "node")',
        '# the network "dcos"',
        'check_network("dcos6")',
        'check_network("calico")',
        "check_network(dcos)",
    ],
)
def test_other_lines(told: Teller, line: str) -> None:
    report = told(framework(making.texts(), VARIABLE) | {"tests/test_overlay.py": line + "\n"})
    assert report.edit("network-option").new == "calico"
    assert "test-names-network" not in report.rules
