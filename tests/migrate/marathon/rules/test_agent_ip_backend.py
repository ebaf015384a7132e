"""Pools of Edge-LB and the apps behind them, given together."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.command_line import run

if TYPE_CHECKING:
    from pathlib import Path

RULE = "agent-ip-backend"


def app(kind: str = "DOCKER", network: str = "dcos", **more: Any) -> dict[str, Any]:
    container = {
        "type": kind,
        "docker": {"image": "a"},
        "portMappings": [{"containerPort": 80, "hostPort": 0}],
    }
    return {"id": "/shop", "cmd": "x", "container": container, "networks": [{"name": network}], **more}


def pool(service: str = "/shop", address: str = "AGENT_IP") -> dict[str, Any]:
    services = [
        {"marathon": {"serviceID": "/other"}, "endpoint": {"type": "CONTAINER_IP"}},
        {"marathon": {"serviceID": service}, "endpoint": {"type": address, "portName": "web"}},
    ]
    return {"apiVersion": "V2", "name": "lb", "haproxy": {"backends": [{"name": "b", "services": services}]}}


V1 = {"pools": [{"name": "lb", "haproxy": {"backends": [{"servers": [
    {"framework": {"value": "marathon"}, "task": {"value": "shop"}, "type": "AGENT_IP"}]}]}}]}  # fmt: skip


def told(tmp_path: Path, *documents: Any) -> list[dict[str, Any]]:
    for number, document in enumerate(documents):
        (tmp_path / f"{number}.json").write_text(json.dumps(document, indent=1))
    report = run("marathon", "--check", "--format", "json", str(tmp_path)).json
    assert len(report["files"]) == len(documents)
    return [finding for file in report["files"] for finding in file["findings"] if finding["rule"] == RULE]


@pytest.mark.parametrize("swapped", [True, False])
def test_a_docker_app_that_loses_its_host_port(tmp_path: Path, swapped: bool) -> None:
    documents = [app(), pool()]
    (finding,) = told(tmp_path, *(reversed(documents) if swapped else documents))
    assert finding["severity"] == "warning"
    assert finding["pointer"] == "/haproxy/backends/0/services/1/endpoint/type"
    assert "AGENT_IP" in json.dumps(pool(), indent=1).splitlines()[finding["line"] - 1]
    assert finding["id"] == "lb"
    assert "/shop" in finding["message"]


def test_relative_ids_groups_and_the_first_version(tmp_path: Path) -> None:
    assert len(told(tmp_path, app(), V1)) == 1
    group = {"id": "/prod", "apps": [app(id="shop")]}
    assert len(told(tmp_path, group, pool("prod/shop"))) == 1


def test_in_one_document_and_in_yaml(tmp_path: Path) -> None:
    assert len(told(tmp_path, [app(), pool()])) == 1
    (tmp_path / "0.json").write_text(json.dumps(app()))
    (tmp_path / "pool.yaml").write_text(
        "name: lb\nhaproxy:\n  backends:\n    - services:\n        - marathon: {serviceID: /shop}\n"
        "          endpoint:\n            type: AGENT_IP\n"
    )
    report = run("marathon", "--check", "--format", "json", str(tmp_path)).json
    (finding,) = [each for file in report["files"] for each in file["findings"] if each["rule"] == RULE]
    assert finding["line"] == 7


@pytest.mark.parametrize(
    "documents",
    [
        [pool()],
        [app(kind="MESOS"), pool()],
        [app(network="other"), pool()],
        [app(), pool(address="CONTAINER_IP")],
        [app(), pool("/another")],
        [app(id="/elsewhere"), pool()],
    ],
    ids=["alone", "ucr", "other-network", "container-address", "other-app", "other-id"],
)
def test_silent_elsewhere(tmp_path: Path, documents: list[Any]) -> None:
    assert told(tmp_path, *documents) == []


def test_the_pool_is_rewritten_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "app.json").write_text(json.dumps(app()))
    on_dcos = pool() | {"virtualNetworks": [{"name": "dcos"}]}
    (tmp_path / "pool.json").write_text(json.dumps(on_dcos))
    run("marathon", "-w", str(tmp_path))
    assert json.loads((tmp_path / "pool.json").read_text())["virtualNetworks"] == [{"name": "calico"}]
