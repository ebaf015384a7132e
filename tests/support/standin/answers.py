"""The API of the Marathon: what each request answers."""

from __future__ import annotations

import copy
import json
import re
import time
from typing import TYPE_CHECKING, Any

from tests.support.standin import normalising, rolling
from tests.support.standin.faults import Answered

if TYPE_CHECKING:
    from tests.support.standin.cluster import Cluster, Deployment, Spec

_JSON = {"Content-Type": "application/json"}


def answer(status: int, document: Any, **headers: str) -> Answered:
    """A JSON answer."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answered(status, {**_JSON, **named}, json.dumps(document).encode())


def message(status: int, text: str) -> Answered:
    """An error of Marathon's."""
    return answer(status, {"message": text})


# core/event/impl/stream/HttpEventStreamHandleActor.scala: the first event of each stream
_ATTACHED = b'event: event_stream_attached\ndata: {"eventType": "event_stream_attached"}\n\n'


def marathon(cluster: Cluster, method: str, path: str, query: dict[str, str], body: bytes) -> Answered:
    """The answer to a request below ``/service/marathon``."""
    if time.monotonic() < cluster.leaderless_until:
        return Answered(502, {"Content-Type": "text/plain"}, b"Could not determine the current leader")
    if path == "/ping":
        return Answered(200, {"Content-Type": "text/plain"}, b"pong")
    route = path.removeprefix("/v2/")
    try:
        document = json.loads(body) if body else None
    except ValueError:
        return answer(400, {"message": "Invalid JSON", "details": "Unexpected end-of-input"})
    first, _, rest = route.partition("/")
    handlers = {
        "info": lambda: _info(cluster),
        "leader": lambda: answer(200, {"leader": "10.0.0.1:8080"}),
        "queue": lambda: _queue(cluster),
        "tasks": lambda: answer(
            200, {"tasks": [task for spec in cluster.specs.values() for task in app_tasks(spec)]}
        ),
        "groups": lambda: _groups(cluster),
        "deployments": lambda: _deployments(cluster, method, rest),
        "events": lambda: Answered(200, {"Content-Type": "text/event-stream"}, _ATTACHED),
        "apps": lambda: _apps(cluster, method, rest.strip("/"), query, document),
        "pods": lambda: _pods(cluster, method, rest, document),
        "pods::status": lambda: _pods(cluster, method, "::status", document),
    }
    return handlers.get(first, lambda: message(500, "URI not found"))()


def metronome(cluster: Cluster, method: str, route: str, body: bytes) -> Answered:
    """The answer to a request for jobs: a PUT replaces the whole job and keeps its schedules."""
    if not route.strip("/"):
        return answer(200, list(cluster.jobs.values()))
    name = route.strip("/")
    if name not in cluster.jobs:
        return message(404, f"Job '{name}' does not exist")
    if method == "PUT":
        document = json.loads(body)
        if document.keys() & {"activeRuns", "history", "historySummary", "schedules"}:
            return answer(422, {"message": "Object is not valid", "details": []})
        kept = {key: cluster.jobs[name][key] for key in ("schedules",) if key in cluster.jobs[name]}
        cluster.jobs[name] = {**document, **kept}
    return answer(200, cluster.jobs[name])


def _info(cluster: Cluster) -> Answered:
    config: dict[str, Any] = {"mesos_bridge_name": "mesos-bridge", "features": []}
    if cluster.default_network is not None:
        config["default_network_name"] = cluster.default_network
    return answer(
        200,
        {
            "name": "marathon",
            "version": "1.11.24",
            "elected": True,
            "leader": "10.0.0.1:8080",
            "frameworkId": cluster.framework,
            "marathon_config": config,
            "zookeeper_config": {"zk_max_versions": 50},
            "http_config": {"http_port": 8080, "https_port": 8443},
        },
    )


def _queue(cluster: Cluster) -> Answered:
    waiting = []
    for spec in cluster.specs.values():
        missing = spec.instances - len([task for task in spec.tasks if task.version >= spec.config_version])
        if missing > 0:
            waiting.append(
                {
                    spec.kind: {"id": spec.id},
                    "count": missing,
                    "delay": {"timeLeftSeconds": 0, "overdue": True},
                    "processedOffersSummary": {
                        "rejectSummaryLastOffers": [
                            {"reason": "UnfulfilledRole", "declined": 0, "processed": 3},
                            {"reason": "InsufficientCpus", "declined": 3, "processed": 3},
                        ]
                    },
                }
            )
    return answer(200, {"queue": waiting})


def _groups(cluster: Cluster) -> Answered:
    root: dict[str, Any] = {"id": "/", "apps": [], "pods": [], "groups": [], "dependencies": []}
    known = {"/": root}

    def group(path: str) -> dict[str, Any]:
        if path not in known:
            above = group(path.rpartition("/")[0] or "/")
            known[path] = {"id": path, "apps": [], "pods": [], "groups": [], "dependencies": []}
            known[path]["dependencies"] = cluster.groups.get(path, [])
            above["groups"].append(known[path])
        return known[path]

    for spec in cluster.specs.values():
        holder = group(spec.id.rpartition("/")[0] or "/")
        holder["apps" if spec.kind == "app" else "pods"].append(
            app_answer(cluster, spec) if spec.kind == "app" else pod_status(cluster, spec)
        )
    return answer(200, root)


def _deployments(cluster: Cluster, method: str, identity: str) -> Answered:
    if not identity:
        return answer(200, [_deployment(cluster, each) for each in cluster.deployments])
    found = next((each for each in cluster.deployments if each.id == identity), None)
    if found is None:
        return message(404, f"DeploymentPlan {identity} does not exist")
    spec = cluster.specs[found.spec]
    cluster.deployments.remove(found)
    if method != "DELETE" or found.before is None:
        return answer(200, {"version": spec.version, "deploymentId": found.id})
    # A revert is a deployment too, and gives even untouched instances a new version.
    cluster.store(spec, found.before)
    revert = cluster.deploy(spec, None)
    return answer(200, {"version": spec.version, "deploymentId": revert.id})


def _deployment(cluster: Cluster, deployment: Deployment) -> dict[str, Any]:
    kind = cluster.specs[deployment.spec].kind
    return {
        "id": deployment.id,
        "version": deployment.version,
        "affectedApps": [deployment.spec] if kind == "app" else [],
        "affectedPods": [deployment.spec] if kind == "pod" else [],
        "steps": [{"actions": [{"action": "RestartApplication", kind: deployment.spec}]}],
        "currentActions": [
            {"action": "RestartApplication", kind: deployment.spec, "readinessCheckResults": []}
        ],
        "currentStep": 1,
        "totalSteps": 1,
    }


def app_tasks(spec: Spec) -> list[dict[str, Any]]:
    """The tasks of an app as its own answer has them."""
    return [
        {
            "appId": spec.id,
            "id": task.id,
            "host": "10.0.0.2",
            "slaveId": "S0",
            "state": "TASK_RUNNING" if task.running else "TASK_STAGING",
            "version": task.version,
            "stagedAt": task.version,
            "ipAddresses": [{"ipAddress": task.address, "protocol": "IPv4"}] if task.running else [],
            **(
                {"healthCheckResults": [{"alive": task.healthy, "instanceId": task.instance_id}]}
                if task.healthy is not None
                else {}
            ),
        }
        for task in spec.tasks
        if spec.kind == "app"
    ]


def app_answer(cluster: Cluster, spec: Spec, *, single: bool = False) -> dict[str, Any]:
    """An app as GET answers it."""
    running = [task for task in spec.tasks if task.running]
    document = {
        **copy.deepcopy(spec.body),
        "version": spec.version,
        "versionInfo": {
            "lastConfigChangeAt": spec.config_version,
            "lastScalingAt": spec.scaling_version,
        },
        "tasksStaged": len(spec.tasks) - len(running),
        "tasksRunning": len(running),
        "tasksHealthy": sum(task.healthy is True for task in running),
        "tasksUnhealthy": sum(task.healthy is False for task in running),
        "deployments": [{"id": each.id} for each in cluster.locked_by(spec.id)],
    }
    if single:
        document["tasks"] = app_tasks(spec)
        if spec.last_failure is not None:
            document["lastTaskFailure"] = spec.last_failure
    return document


def _apps(cluster: Cluster, method: str, route: str, query: dict[str, str], document: Any) -> Answered:
    if not route:
        if method == "GET":
            apps = [app_answer(cluster, each) for each in cluster.specs.values() if each.kind == "app"]
            return answer(200, {"apps": apps})
        if method in ("PUT", "PATCH") and isinstance(document, list):
            for each in document:
                _write_app(cluster, each["id"], each, create=method == "PUT")
            return answer(200, {"version": cluster.new_version(), "deploymentId": "several"})
        return message(405, "Method Not Allowed")
    match = re.fullmatch(r"(?P<id>.+?)/versions(/(?P<version>.+))?", route)
    item = "/" + (match["id"] if match else route.removesuffix("/restart"))
    spec = cluster.specs.get(item)
    if spec is not None and spec.kind != "app":
        spec = None
    if method in ("PATCH", "PUT") and not match:
        return _update(cluster, item, document, create=method == "PUT")
    if spec is None:
        return message(404, f"App '{item}' does not exist")
    if match and match["version"]:
        old = next((body for version, body in spec.versions if version == match["version"]), None)
        if old is None:
            return message(404, f"App '{item}' does not exist in version {match['version']}")
        return answer(200, {**old, "version": match["version"]})
    if match:
        return answer(200, {"versions": [version for version, _ in spec.versions]})
    if method == "POST" and route.endswith("/restart"):
        deployment = cluster.deploy(spec, None)
        return answer(200, {"version": spec.version, "deploymentId": deployment.id})
    if method == "DELETE":
        del cluster.specs[item]
        return answer(200, {"version": cluster.new_version(), "deploymentId": "deleted"})
    return answer(200, {"app": app_answer(cluster, spec, single=True)})


def _update(cluster: Cluster, item: str, document: Any, *, create: bool) -> Answered:
    if not isinstance(document, dict):
        return answer(
            400,
            {"message": "Invalid JSON", "details": [{"path": "/", "errors": ["error.expected.jsobject"]}]},
        )
    spec = cluster.specs.get(item)
    if "version" in document:
        if document.keys() - {"id", "version"}:
            error = "The 'version' field may only be combined with the 'id' field."
            return answer(
                422,
                {"message": "Object is not valid", "details": [{"path": "/version", "errors": [error]}]},
            )
        old = next(
            (body for version, body in (spec.versions if spec else []) if version == document["version"]),
            None,
        )
        if old is None:
            return message(404, f"App '{item}' does not exist in version {document['version']}")
        document = old
    if spec is None and not create:
        return message(404, f"App '{item}' does not exist")
    refusal = _refusal(cluster, item)
    return refusal or _write_app(cluster, item, document, create=create)


def replace(cluster: Cluster, item: str, document: dict[str, Any]) -> Answered:
    """A PUT of a whole app with force: what locks it is cancelled, and what is not in it is gone.

    api/v2/AppHelpers.scala (``partialUpdate=false``), core/deployment/impl/DeploymentManagerActor.scala.
    """
    spec = cluster.specs[item]
    for held in cluster.locked_by(item):
        cluster.deployments.remove(held)
    if len(cluster.deployments) >= cluster.max_deployments:
        return message(403, f"Max number ({cluster.max_deployments}) of running deployments is achieved.")
    before = copy.deepcopy(spec.body)
    body = cluster.normalised("app", {"instances": 1, **document, "id": item})
    spec.updates += 1
    cluster.store(spec, body)
    deployment = cluster.deploy(spec, before)
    if body == before:
        cluster.deployments.remove(deployment)
    return answer(200, {"version": spec.version, "deploymentId": deployment.id})


def _refusal(cluster: Cluster, item: str) -> Answered | None:
    locks = cluster.locked_by(item)
    if locks:
        return answer(
            409,
            {
                "message": "App is locked by one or more deployments. Override with the option '?force=true'."
                " View details at '/v2/deployments/<DEPLOYMENT_ID>'.",
                "deployments": [{"id": each.id} for each in locks],
            },
        )
    if len(cluster.deployments) >= cluster.max_deployments:
        return message(
            403,
            f"Max number ({cluster.max_deployments}) of running deployments is achieved. Wait for existing"
            " deployments to complete or cancel oneusing force=true parameter.",
        )
    return None


def _write_app(cluster: Cluster, item: str, document: dict[str, Any], *, create: bool) -> Answered:
    spec = cluster.specs.get(item)
    given = {key: value for key, value in document.items() if key in _KEYS}
    if spec is None:
        if not create:
            return message(404, f"App '{item}' does not exist")
        created = cluster.add({"instances": 1, **given, "id": item}, kind="app")
        return answer(201, {"version": created.version, "deploymentId": "created"})
    try:
        body = normalising.app(normalising.updated(spec.body, given), cluster.default_network, 10000)
    except ValueError as error:
        return message(500, str(error))
    before = copy.deepcopy(spec.body)
    spec.updates += 1
    rolls = cluster.store(spec, body)
    changed = body != before
    deployment = cluster.deploy(spec, before)
    if not changed or (rolls and spec.instances == 0):
        cluster.deployments.remove(deployment)
    return answer(
        200,
        {"version": spec.version, "deploymentId": deployment.id},
        Marathon_Deployment_Id=deployment.id,
    )


def _pods(cluster: Cluster, method: str, route: str, document: Any) -> Answered:
    pods = [each for each in cluster.specs.values() if each.kind == "pod"]
    if not route:
        return answer(200, [pod_answer(each) for each in pods])
    if route == "::status":
        return answer(200, [pod_status(cluster, each) for each in pods])
    match = re.fullmatch(r"(?P<id>.+?)(::(?P<what>status|versions)(/(?P<version>.+))?)?", route)
    assert match is not None
    item = "/" + match["id"]
    spec = next((each for each in pods if each.id == item), None)
    if method == "PUT":
        if not isinstance(document, dict) or document.get("id") != item:
            return message(400, f"'{item}' does not match definition's id")
        refusal = _refusal(cluster, item)
        if refusal is not None:
            return refusal
        if spec is None:
            spec = cluster.add({k: v for k, v in document.items() if k != "version"}, kind="pod")
            return answer(200, pod_answer(spec))
        body = cluster.normalised("pod", {k: v for k, v in document.items() if k != "version"})
        before = copy.deepcopy(spec.body)
        spec.updates += 1
        cluster.store(spec, body)
        deployment = cluster.deploy(spec, before)
        if body == before:
            cluster.deployments.remove(deployment)
        return answer(200, pod_answer(spec), Marathon_Deployment_Id=deployment.id)
    if spec is None:
        return message(404, json.dumps({"message": f"pod with {item} does not exist"}))
    if match["what"] == "status":
        return answer(200, pod_status(cluster, spec))
    if match["version"]:
        old = next((body for version, body in spec.versions if version == match["version"]), None)
        return answer(200, {**old, "version": match["version"]}) if old else message(404, "gone")
    if match["what"] == "versions":
        return answer(200, [version for version, _ in spec.versions])
    return answer(200, pod_answer(spec))


def pod_answer(spec: Spec) -> dict[str, Any]:
    """A pod as GET answers it."""
    return {**copy.deepcopy(spec.body), "version": spec.version}


def pod_status(cluster: Cluster, spec: Spec) -> dict[str, Any]:
    """A pod's status."""
    checked = rolling.has_checks(spec)
    instances = []
    for task in spec.tasks:
        stable = task.running and (task.healthy or not checked)
        state = "STABLE" if stable else "DEGRADED" if task.running else "STAGING"
        instances.append(
            {
                "id": task.instance_id,
                "status": state,
                "statusSince": task.version,
                "agentId": "S0",
                "agentHostname": "10.0.0.2",
                "networks": [{"name": task.network, "addresses": [task.address]}] if task.running else [],
                "specReference": f"/v2/pods{spec.id}::versions/{task.version}",
                "containers": [
                    {
                        "name": each["name"],
                        "status": "TASK_RUNNING" if task.running else "TASK_STAGING",
                        "statusSince": task.version,
                        "containerId": task.container_id(each["name"]),
                        "conditions": (
                            [
                                {
                                    "name": "healthy",
                                    "value": str(bool(task.healthy)).lower(),
                                    "lastChanged": task.version,
                                }
                            ]
                            if each.get("healthCheck") and task.healthy is not None
                            else []
                        ),
                        "endpoints": [],
                    }
                    for each in spec.body["containers"]
                ],
            }
        )
    stable = sum(each["status"] == "STABLE" for each in instances) >= spec.instances
    history = []
    if spec.last_failure is not None:
        history.append(
            {
                "instanceID": spec.last_failure["taskId"].rpartition("._app")[0],
                "startedAt": spec.last_failure["version"],
                "terminatedAt": spec.last_failure["timestamp"],
                "message": spec.last_failure["message"],
            }
        )
    return {
        "id": spec.id,
        "spec": pod_answer(spec),
        "status": "STABLE" if stable else "DEGRADED",
        "statusSince": spec.version,
        "instances": instances,
        "terminationHistory": history,
    }


_KEYS = frozenset({
    *normalising.APP_DEFAULTS, "id", "cmd", "args", "container", "networks", "labels", "env", "healthChecks",
    "readinessChecks", "upgradeStrategy", "dependencies", "constraints", "fetch", "secrets", "residency",
    "executorResources", "resourceLimits", "portDefinitions", "taskKillGracePeriodSeconds", "user", "tty",
    "check",
})  # fmt: skip
