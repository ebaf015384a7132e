"""The package manager: describing an installed package, and updating its options.

dcos/cosmos: finch/RequestValidators.scala (media types), ServiceUpdateHandler.scala:88-144.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.support.standin.faults import Answered

if TYPE_CHECKING:
    from tests.support.standin.cluster import Cluster

_KINDS = {
    "/package/list": "package.list",
    "/package/render": "package.render",
    "/package/repository/list": "package.repository.list",
    "/cosmos/service/describe": "service.describe",
    "/cosmos/service/update": "service.update",
}


def media_type(kind: str, what: str) -> str:
    """The media type of a request or response."""
    return f"application/vnd.dcos.{kind}-{what}+json;charset=utf-8;version=v1"


def answer(cluster: Cluster, path: str, headers: dict[str, str], body: bytes) -> Answered | None:
    """What Cosmos answers to a POST, None for paths that it does not have."""
    kind = _KINDS.get(path)
    if kind is None:
        return None
    if headers.get("content-type") != media_type(kind, "request"):
        return _error(400, "not_valid", "the media type is not accepted")
    try:
        document = json.loads(body)
    except ValueError:
        return _error(400, "invalid_json", "Invalid JSON")
    if kind == "package.list":
        packages = [
            {"appId": spec.id, "packageInformation": {"packageDefinition": _package(spec.body["labels"])}}
            for spec in cluster.specs.values()
            if "DCOS_PACKAGE_NAME" in spec.body.get("labels", {})
        ]
        return _given(kind, {"packages": packages})
    spec = cluster.specs.get(document.get("appId", ""))
    if spec is None:
        return _error(400, "MarathonAppNotFound", "Unable to locate service")
    described = {"package": _package(spec.body.get("labels", {})), "upgradesTo": [], "downgradesTo": []}
    if kind == "service.describe":
        return _given(kind, {**described, "resolvedOptions": {}, "userProvidedOptions": {}})
    if "replace" not in document:
        return _error(400, "invalid_json", "replace is missing")
    return _given(kind, {**described, "resolvedOptions": document["options"], "marathonDeploymentId": "d"})


def capabilities(headers: dict[str, str]) -> Answered:
    """What the cluster can do, which the old command line asks for first (handler/CapabilitiesHandler.scala)."""
    kind = "application/vnd.dcos.capabilities+json;charset=utf-8;version=v1"
    if kind not in headers.get("accept", ""):
        return _error(400, "not_valid", "the media type is not accepted")
    names = ("PACKAGE_MANAGEMENT", "SUPPORT_CLUSTER_REPORT", "METRONOME", "LOGGING")
    document = {"capabilities": [{"name": name} for name in names]}
    return Answered(200, {"Content-Type": kind}, json.dumps(document).encode())


def _package(labels: dict[str, Any]) -> dict[str, Any]:
    return {"name": labels.get("DCOS_PACKAGE_NAME", ""), "version": labels.get("DCOS_PACKAGE_VERSION", "0")}


def _given(kind: str, document: Any) -> Answered:
    return Answered(200, {"Content-Type": media_type(kind, "response")}, json.dumps(document).encode())


def _error(status: int, name: str, text: str) -> Answered:
    headers = {"Content-Type": "application/vnd.dcos.package.error+json;charset=utf-8;version=v1"}
    return Answered(status, headers, json.dumps({"type": name, "message": text, "data": {}}).encode())
