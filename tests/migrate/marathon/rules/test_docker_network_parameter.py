"""Docker parameters that set a network."""

from __future__ import annotations

import pytest

from calico_core.findings import Severity
from tests.migrate.marathon.rules.asked import ON_HOST, found, pointers

RULE = "docker-network-parameter"


@pytest.mark.parametrize("key", ["net", "network"])
@pytest.mark.parametrize("value", ["dcos", "host"])
def test_a_network_beside_marathons_own(key: str, value: str) -> None:
    text = (
        '{"id": "/a", "container": {"docker": {"parameters": [\n'
        f'  {{"key": "label", "value": "net=dcos"}},\n  {{"key": "{key}", "value": "{value}"}}]}}}}}}'
    )
    (finding,) = found(RULE, text)
    assert finding.severity is Severity.ERROR
    assert (finding.line, finding.column) == (3, 3)
    assert finding.pointer == "/container/docker/parameters/1"
    assert f"{key}={value}" in finding.message


def test_of_a_job() -> None:
    job = {"id": "j", "run": {"docker": {"image": "web", "parameters": [{"key": "net", "value": "dcos"}]}}}
    assert pointers(RULE, job) == ["/run/docker/parameters/0"]


@pytest.mark.parametrize("key", ["label", "Net", "network-alias", "net-alias", None, 5])
def test_other_parameters(key: object) -> None:
    app = {**ON_HOST, "container": {"docker": {"parameters": [{"key": key, "value": "dcos"}, "net"]}}}
    assert pointers(RULE, app) == []
