"""Docker parameters that set a network."""

from __future__ import annotations

from typing import Any

import pytest

from calico_core.findings import Severity
from tests.migrate.marathon.rules.asked import ON_CALICO, ON_DCOS, ON_HOST, found, pointers

RULE = "docker-network-parameter"


def parameter(value: str) -> dict[str, Any]:
    return {"container": {"docker": {"image": "web", "parameters": [{"key": "network", "value": value}]}}}


@pytest.mark.parametrize("key", ["net", "network"])
def test_a_network_beside_marathons_own(key: str) -> None:
    text = (
        '{"id": "/a", "container": {"docker": {"parameters": [\n'
        f'  {{"key": "label", "value": "net=dcos"}},\n  {{"key": "{key}", "value": "dcos"}}]}}}}}}'
    )
    (finding,) = found(RULE, text)
    assert finding.severity is Severity.ERROR
    assert (finding.line, finding.column) == (3, 3)
    assert finding.pointer == "/container/docker/parameters/1"
    assert f"{key}=dcos" in finding.message


@pytest.mark.parametrize("network", [ON_DCOS, ON_CALICO])
def test_another_network_beside_a_new_one(network: dict[str, Any]) -> None:
    (finding,) = found(RULE, {**network, **parameter("host")})
    assert finding.severity is Severity.ERROR


@pytest.mark.parametrize("value", ["host", "backend", "calico"])
@pytest.mark.parametrize("network", [{}, ON_HOST, {"networks": [{"name": "other"}]}])
def test_where_nothing_moves_it_is_worth_knowing(network: dict[str, Any], value: str) -> None:
    (finding,) = found(RULE, {**network, **parameter(value)})
    assert finding.severity is Severity.INFO


@pytest.mark.parametrize("value", [["dcos"], {"a": 1}, 5, None])
def test_a_value_that_is_no_text(value: object) -> None:
    app = {"container": {"docker": {"parameters": [{"key": "net", "value": value}]}}}
    (finding,) = found(RULE, app)
    assert finding.severity is Severity.INFO


def test_of_a_job() -> None:
    job = {"id": "j", "run": {"docker": {"image": "web", "parameters": [{"key": "net", "value": "dcos"}]}}}
    assert pointers(RULE, job) == ["/run/docker/parameters/0"]


@pytest.mark.parametrize("key", ["label", "Net", "network-alias", "net-alias", None, 5])
def test_other_parameters(key: object) -> None:
    app = {**ON_HOST, "container": {"docker": {"parameters": [{"key": key, "value": "dcos"}, "net"]}}}
    assert pointers(RULE, app) == []
