"""Placeholders where a network is named."""

from __future__ import annotations

from typing import Any

import pytest

from calico_core.findings import Severity
from tests.migrate.marathon.rules.asked import found, pointers

RULE = "network-placeholder"


def test_says_what_it_is_and_which_network_is_in_it() -> None:
    (finding,) = found(RULE, '{"id": "/a",\n "networks": [{"name": "${NETWORK:-dcos}"}]}')
    assert finding.severity is Severity.WARNING
    assert (finding.line, finding.column, finding.pointer) == (2, 24, "/networks/0/name")
    assert "placeholder of some template, ${NETWORK:-dcos}" in finding.message
    assert "dcos in it is a network that moves" in finding.message
    assert "calico" in finding.hint


@pytest.mark.parametrize(
    "text",
    ["${NETWORK}", "$NETWORK", "$(NETWORK)", "{{ network }}", "{{network}}-a", "{% if x %}dcos{% endif %}", "<%= net %>",
     "%(network)s", "%{network}", "@NETWORK@", "@@NETWORK@@"],
)  # fmt: skip
def test_the_placeholders_of_many_languages(text: str) -> None:
    assert pointers(RULE, {"networks": [{"name": text}]}) == ["/networks/0/name"]
    assert found("refused-by-marathon", {"networks": [{"name": text}]}) == []


@pytest.mark.parametrize(
    "document,pointer",
    [
        ({"networks": [{"mode": "${MODE}", "name": "dcos"}]}, "/networks/0/mode"),
        ({"ipAddress": {"networkName": "${NETWORK}"}}, "/ipAddress/networkName"),
        ({"id": "j", "run": {"docker": {}, "networks": [{"mode": "container", "name": "${NETWORK}"}]}},
         "/run/networks/0/name"),
        ({"id": "j", "run": {"docker": {}, "networks": [{"mode": "${MODE}"}]}}, "/run/networks/0/mode"),
        ({"name": "lb", "virtualNetworks": [{"name": "${NETWORK}"}]}, "/virtualNetworks/0/name"),
        ({"id": "p", "containers": [], "networks": [{"name": "${NETWORK}"}]}, "/networks/0/name"),
        ({"networks": [{"name": "x"}], "container": {"portMappings": [{"networkNames": ["x", "${N}"]}]}},
         "/container/portMappings/0/networkNames/1"),
    ],
)  # fmt: skip
def test_in_every_place(document: dict[str, Any], pointer: str) -> None:
    assert pointers(RULE, document) == [pointer]


@pytest.mark.parametrize("name", ["dcos", "Odd.Name", "a b", "$", "5$", "{x}", "100%"])
def test_what_is_none(name: str) -> None:
    assert found(RULE, {"networks": [{"name": name}]}) == []
