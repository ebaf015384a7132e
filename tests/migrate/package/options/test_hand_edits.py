"""What an update would undo in a running app: somebody's edits, and nothing that Marathon adds by itself."""

from __future__ import annotations

import copy
import json
from base64 import b64encode
from typing import TYPE_CHECKING, Any

import pytest

from calico_migrate.package.options.hand_edits import undone
from calico_migrate.package.options.installed import Installed
from tests.support.standin import normalising

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DEFAULT_PORT = {"port": 10101, "protocol": "tcp", "name": "default", "labels": {}}


def stored(given: dict[str, Any]) -> dict[str, Any]:
    """The app as Marathon answers it, step by step as api/v2/AppNormalization.scala has them."""
    app = copy.deepcopy(given)
    uris = app.pop("uris", None)
    if uris and not app.get("fetch"):
        app["fetch"] = [
            {
                "uri": uri,
                "extract": uri.endswith((".tgz", ".tar.gz", ".zip")),
                "executable": False,
                "cache": False,
            }
            for uri in uris
        ]
    container: Any = app.get("container")
    address = app.pop("ipAddress", None)
    if container is None and address is not None:
        container = app["container"] = {"type": "MESOS"}
    docker = container.get("docker") if container else None
    network = docker.pop("network", None) if docker else None
    if docker and "portMappings" in docker:
        container["portMappings"] = docker.pop("portMappings")
    if address and address.get("discovery", {}).get("ports"):
        container["portMappings"] = [
            {**port, "containerPort": port["number"]} for port in address["discovery"]["ports"]
        ]
        for port in container["portMappings"]:
            del port["number"]
    if not app.get("networks"):
        if network == "BRIDGE":
            app["networks"] = [{"mode": "container/bridge"}]
        elif network == "USER" or (network is None and address is not None):
            named = {"name": (address or {}).get("networkName", "dcos")}
            app["networks"] = [{"mode": "container", **named, "labels": (address or {}).get("labels", {})}]
    ports = app.pop("ports", None)
    definitions = app.pop("portDefinitions", None)
    if definitions is None and ports is not None:
        definitions = [{"port": port} for port in ports]
    if not app.get("networks") or app["networks"][0]["mode"] == "host":
        app["portDefinitions"] = [
            {"protocol": "tcp", "labels": {}, **each, "port": each["port"] or 10102}
            for each in (definitions if definitions is not None else [DEFAULT_PORT])
        ]
        if container:
            container.pop("portMappings", None)
    elif container is not None:
        mappings = container.get("portMappings") or [{"containerPort": 0, "name": "default"}]
        mappings += [{} for _ in range(len(definitions or ()) - len(mappings))]
        container["portMappings"] = [
            {"containerPort": 0, "hostPort": 0, "labels": {}, "protocol": "tcp", **each} for each in mappings
        ]
    for check in app.get("healthChecks") or []:
        if check.get("protocol") != "COMMAND" and "port" not in check:
            check.setdefault("portIndex", 0)
    app = normalising.app(app, "dcos", 10000)
    if not app["id"].startswith("/"):
        app["id"] = "/" + app["id"]
    labels = {"DCOS_PACKAGE_NAME": "demo", "DCOS_PACKAGE_DEFINITION": "x", "DCOS_PACKAGE_OPTIONS": "x"}
    app["labels"] = {**(app.get("labels") or {}), **labels}
    return app


APPS: dict[str, dict[str, Any]] = {
    "nothing": {"id": "/a", "cmd": "x"},
    "uris": {"id": "/a", "cmd": "x", "uris": ["http://x/a.tgz", "http://x/a.txt"]},
    "ports": {"id": "/a", "cmd": "x", "ports": [0, 8080]},
    "no ports": {"id": "/a", "cmd": "x", "portDefinitions": []},
    "old bridge": {
        "id": "/a",
        "container": {
            "type": "DOCKER",
            "docker": {
                "image": "x",
                "network": "BRIDGE",
                "portMappings": [{"containerPort": 80, "hostPort": 0}],
            },
        },
        "healthChecks": [{"protocol": "HTTP", "path": "/"}],
    },
    "old host": {"id": "/a", "container": {"type": "DOCKER", "docker": {"image": "x", "network": "HOST"}}},
    "old user": {
        "id": "/a",
        "container": {"type": "DOCKER", "docker": {"image": "x", "network": "USER"}},
        "ipAddress": {"networkName": "dcos", "labels": {"a": "b"}},
    },
    "address alone": {
        "id": "/a",
        "cmd": "x",
        "ipAddress": {
            "networkName": "dcos",
            "discovery": {"ports": [{"number": 80, "name": "web", "protocol": "tcp"}]},
        },
    },
    "no mappings": {
        "id": "/a",
        "container": {"type": "MESOS", "docker": {"image": "x"}},
        "networks": [{"mode": "container", "name": "dcos"}],
        "portDefinitions": [{"port": 0}, {"port": 0}],
    },
    "strategy": {"id": "/a", "cmd": "x", "upgradeStrategy": {"minimumHealthCapacity": 0}},
    "ready": {"id": "/a", "cmd": "x", "readinessChecks": [{"name": "r", "httpStatusCodesForReady": [200]}]},
}


@pytest.mark.parametrize("name", APPS)
def test_what_marathon_adds_is_nobodys_edit(name: str) -> None:
    assert undone(stored(APPS[name]), APPS[name]) == []


@pytest.mark.parametrize(
    ("name", "change", "place"),
    [
        ("nothing", lambda app: app.update(cpus=2), "/cpus"),
        ("nothing", lambda app: app["labels"].update(owner="me"), "/labels"),
        ("nothing", lambda app: app.update(env={"A": "x"}), "/env"),
        ("nothing", lambda app: app.update(networks=[{"mode": "container", "name": "n"}]), "/networks"),
        ("uris", lambda app: app["fetch"].pop(), "/fetch"),
        ("uris", lambda app: app["fetch"][0].update(uri="http://y"), "/fetch/0/uri"),
        ("ports", lambda app: app["portDefinitions"][1].update(port=9090), "/portDefinitions/1/port"),
        ("old user", lambda app: app["networks"][0].update(name="other"), "/networks/0/name"),
        ("old user", lambda app: app["networks"][0].update(labels={"a": "c"}), "/networks/0/labels/a"),
        ("old bridge", lambda app: app["networks"][0].update(mode="host"), "/networks/0/mode"),
        (
            "old bridge",
            lambda app: app["container"]["portMappings"][0].update(containerPort=81),
            "/container/portMappings/0/containerPort",
        ),
        ("strategy", lambda app: app["upgradeStrategy"].update(maximumOverCapacity=0.5), "/upgradeStrategy"),
        ("ready", lambda app: app["readinessChecks"][0].update(name="s"), "/readinessChecks/0/name"),
    ],
)
def test_what_somebody_changed_is(name: str, change: Callable[[dict[str, Any]], object], place: str) -> None:
    app = stored(APPS[name])
    change(app)
    found = undone(app, APPS[name])
    assert found
    assert all(each.startswith(place) for each in found)


def test_packages_that_nobody_edited_are_not_held_back(shared: Path) -> None:
    edited = {}
    rendered = 0
    for template in sorted(shared.glob("corpus/universe/repo/packages/*/*/*/marathon.json.mustache")):
        parts = {
            name: json.loads((template.parent / f"{name}.json").read_text())
            for name in ("config", "resource")
            if (template.parent / f"{name}.json").exists()
        }
        marathon = {"v2AppMustacheTemplate": b64encode(template.read_bytes()).decode()}
        definition = {"name": template.parts[-3], "config": {}, "marathon": marathon, **parts}
        app = Installed(template.parts[-3], definition, {}).app({})
        if app is None:
            continue
        rendered += 1
        # A package with such labels of its own is no package of Cosmos'.
        found = [each for each in undone(stored(app), app) if not each.startswith("/labels/DCOS_PACKAGE_")]
        if found:
            edited["/".join(template.parts[-4:-1])] = found
    assert rendered > 90
    assert edited == {}
