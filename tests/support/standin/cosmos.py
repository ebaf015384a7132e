"""The package manager: describing an installed package, and updating its options.

dcos/cosmos: finch/RequestValidators.scala (media types), ServiceUpdateHandler.scala:88-144 (merging),
MarathonClient.scala:59-71 (the whole app, by force), ServiceUpdater.scala:14-22 (a refusal of Marathon's is a 500).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.support.standin import answers, packages
from tests.support.standin.faults import Answered

if TYPE_CHECKING:
    from tests.support.standin.cluster import Cluster, Spec
    from tests.support.standin.packages import Package

_KINDS = {
    "/package/list": "package.list",
    "/package/render": "package.render",
    "/package/repository/list": "package.repository.list",
    "/cosmos/service/describe": "service.describe",
    "/cosmos/service/update": "service.update",
}


# POSTs that only read.
QUESTIONS = frozenset(_KINDS) - {"/cosmos/service/update"}


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
        listed = [
            {"appId": app, "packageInformation": {"packageDefinition": package.definition}}
            for app, package in cluster.packages.items()
            if app in cluster.specs
        ]
        return _given(kind, {"packages": listed})
    spec = cluster.specs.get(document.get("appId", ""))
    if spec is None:
        return _error(400, "MarathonAppNotFound", "Unable to locate service")
    if spec.id in cluster.packages:
        return _service(cluster, kind, spec, cluster.packages[spec.id], document)
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


def _service(cluster: Cluster, kind: str, spec: Spec, package: Package, document: Any) -> Answered:
    """Describes a service, or gives it other options: merged, rendered anew, and sent with force."""
    stored = packages.stored_options(spec.body["labels"])
    if kind == "service.update":
        if "replace" not in document:
            return _error(400, "invalid_json", "replace is missing")
        if stored is None and not document["replace"]:
            return _error(400, "OptionsNotStored", "The options of the current service were not stored")
        given = document["options"]
        stored = given if document["replace"] else packages.merged(stored or {}, given)
        app = package.app(stored)
        answered = answers.replace(cluster, spec.id, app)
        if answered.status != 200:
            return _error(500, "unhandled_exception", answered.body.decode())
        deployment = json.loads(answered.body)["deploymentId"]
        resolved = packages.resolved(package.config, stored)
        known = {"package": package.definition, "resolvedOptions": resolved}
        return _given(kind, {**known, "marathonDeploymentId": deployment})
    described = {"package": package.definition, "upgradesTo": [], "downgradesTo": []}
    if stored is not None:
        described["userProvidedOptions"] = stored
        described["resolvedOptions"] = packages.resolved(package.config, stored)
    return _given(kind, described)


def _package(labels: dict[str, Any]) -> dict[str, Any]:
    return {"name": labels.get("DCOS_PACKAGE_NAME", ""), "version": labels.get("DCOS_PACKAGE_VERSION", "0")}


def _given(kind: str, document: Any) -> Answered:
    return Answered(200, {"Content-Type": media_type(kind, "response")}, json.dumps(document).encode())


def _error(status: int, name: str, text: str) -> Answered:
    headers = {"Content-Type": "application/vnd.dcos.package.error+json;charset=utf-8;version=v1"}
    return Answered(status, headers, json.dumps({"type": name, "message": text, "data": {}}).encode())
