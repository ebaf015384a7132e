"""What Marathon adds to a definition before it stores it."""

from __future__ import annotations

import copy
from typing import Any

APP_DEFAULTS: dict[str, Any] = {
    "acceptedResourceRoles": ["*"],
    "backoffFactor": 1.15,
    "backoffSeconds": 1,
    "cpus": 1,
    "disk": 0,
    "executor": "",
    "gpus": 0,
    "instances": 1,
    "killSelection": "YOUNGEST_FIRST",
    "maxLaunchDelaySeconds": 300,
    "mem": 128,
    "requirePorts": False,
    "role": "*",
    "unreachableStrategy": {"inactiveAfterSeconds": 0, "expungeAfterSeconds": 0},
}
HEALTH_DEFAULTS = {
    "gracePeriodSeconds": 300,
    "intervalSeconds": 60,
    "ipProtocol": "IPv4",
    "maxConsecutiveFailures": 3,
    "timeoutSeconds": 20,
}


def app(given: dict[str, Any], default_network: str | None, first_port: int) -> dict[str, Any]:
    """An app as GET answers it. Raises ValueError for what Marathon answers with 500."""
    body = copy.deepcopy(given)
    for key, value in APP_DEFAULTS.items():
        body.setdefault(key, copy.deepcopy(value))
    stateful = bool(_volumes(body))
    body.setdefault(
        "upgradeStrategy",
        {"maximumOverCapacity": 0, "minimumHealthCapacity": 0.5}
        if stateful
        else {"maximumOverCapacity": 1, "minimumHealthCapacity": 1},
    )
    body["networks"] = networks(body.get("networks") or [{"mode": "host"}], default_network)
    container = body.get("container")
    if body["networks"][0]["mode"] != "host" and container is None:
        container = body["container"] = {"type": "MESOS", "volumes": []}
    if isinstance(container, dict):
        container["type"] = str(container.get("type", "DOCKER")).upper()
        container.setdefault("volumes", [])
        docker = container.get("docker")
        if isinstance(docker, dict):
            docker.setdefault("forcePullImage", False)
            docker.setdefault("parameters", [])
        for offset, mapping in enumerate(container.get("portMappings") or []):
            mapping.setdefault("protocol", "tcp")
            mapping.setdefault("labels", {})
            mapping.setdefault("servicePort", first_port + offset)
    for check in body.get("healthChecks") or []:
        for key, value in HEALTH_DEFAULTS.items():
            check.setdefault(key, value)
    return body


def pod(given: dict[str, Any], default_network: str | None) -> dict[str, Any]:
    """A pod as GET answers it."""
    body = copy.deepcopy(given)
    body["networks"] = networks(body.get("networks") or [{"mode": "host"}], default_network)
    body.setdefault("scaling", {"kind": "fixed", "instances": 1})
    body.setdefault("volumes", [])
    body.setdefault("fetch", [])
    return body


def networks(given: list[dict[str, Any]], default_network: str | None) -> list[dict[str, Any]]:
    """The networks with their modes, and a name for each container network."""
    found = []
    for entry in given:
        each = dict(entry)
        each["mode"] = str(each.get("mode", "container")).lower()
        if each["mode"] == "container" and not each.get("name"):
            if default_network is None:
                raise ValueError("container network name is not defined")
            each["name"] = default_network
        found.append(each)
    return found


def updated(stored: dict[str, Any], update: dict[str, Any]) -> dict[str, Any]:
    """A partial update, with everything that Marathon's loses on the way."""
    result = {**copy.deepcopy(stored), **{k: v for k, v in copy.deepcopy(update).items() if v is not None}}
    modes = [str(each.get("mode", "container")).lower() for each in update.get("networks") or []]
    if "container" not in update and any(mode != "host" for mode in modes):
        result["container"] = {"type": "MESOS", "volumes": []}
    for lost in ("executorResources", "resourceLimits"):
        if lost not in update:
            result.pop(lost, None)
    return result


def _volumes(body: dict[str, Any]) -> list[Any]:
    container = body.get("container")
    volumes = container.get("volumes") if isinstance(container, dict) else None
    return [each for each in volumes or [] if "persistent" in each or "external" in each]
