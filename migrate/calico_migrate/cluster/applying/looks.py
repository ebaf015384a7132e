"""One look at an app or pod: its definition, its instances, what last failed, and what deploys it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from calico_migrate.cluster import bodies, ids
from calico_migrate.cluster.connection import answers
from calico_migrate.cluster.connection.failures import RefusedError
from calico_migrate.cluster.connection.reading import has_object, is_list, is_object
from calico_migrate.cluster.planning import risks
from calico_migrate.marathon import restarting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_migrate.cluster.connection.reading import Reader
    from calico_migrate.cluster.planning.document import Item

_OVER = frozenset({
    "TASK_FINISHED", "TASK_FAILED", "TASK_KILLED", "TASK_ERROR", "TASK_LOST", "TASK_DROPPED", "TASK_GONE",
    "TASK_GONE_BY_OPERATOR",
})  # fmt: skip


class Instance(NamedTuple):
    """One instance: ``version`` is that of the definition it was started from; ``tasks`` are its ids in
    Mesos.

    ``healthy`` is None where nothing looks at its health.
    """

    id: str
    version: str
    running: bool
    healthy: bool | None
    addresses: tuple[str, ...]
    tasks: tuple[str, ...]


class Failure(NamedTuple):
    """The last failure of an instance: of which version, when, and what was said."""

    version: str
    at: str
    message: str


class Look(NamedTuple):
    """What one look showed.

    ``config`` is the version of the last change of configuration, empty where Marathon does not say it;
    ``deployments`` the ids of those that touch it, None where the answer does not name them.
    """

    body: Mapping[str, Any]
    digest: str
    version: str
    config: str
    wanted: int
    instances: tuple[Instance, ...]
    failure: Failure | None
    deployments: tuple[str, ...] | None
    checked: bool

    def of_version(self, version: str) -> list[Instance]:
        """The instances of this version or a later one: versions are fixed-width texts in UTC."""
        return [each for each in self.instances if each.version and each.version >= version]

    def before(self, version: str) -> list[Instance]:
        """The instances of an older version."""
        return [each for each in self.instances if each.version < version]


def definition(reader: Reader, item: Item, *, within: float | None = None) -> Look | None:
    """A look at the definition, and for an app at its instances; None where it does not exist.

    ``within`` shortens the time for outages.
    """
    path = ids.definition(item.kind, item.service, item.id)
    try:
        if item.kind == "app":
            return _of_app(reader.document(path, has_object("app"), within=within).value["app"])
        value = reader.document(path, is_object, within=within).value
        return _of_pod(value, ()) if item.kind == "pod" else _of_job(value)
    except RefusedError as error:
        if error.status == 404:
            return None
        raise


def whole(reader: Reader, item: Item) -> Look | None:
    """A look with the instances, by one read; None where it does not exist."""
    if item.kind != "pod":
        return definition(reader, item)
    path = ids.pod(item.service, item.id, "::status")
    try:
        value = reader.document(path, has_object("spec")).value
    except RefusedError as error:
        if error.status == 404:
            return None
        raise
    listed = value.get("instances")
    look = _of_pod(value["spec"], listed if isinstance(listed, list) else ())
    return look._replace(failure=_pod_failure(value.get("terminationHistory")))


def deployments_of(reader: Reader, item: Item) -> list[str]:
    """The ids of all listed deployments that touch the item."""
    if item.kind == "job":
        return []
    path = f"{ids.service(item.service)}/v2/deployments"
    key = "affectedApps" if item.kind == "app" else "affectedPods"
    found = []
    for each in reader.document(path, is_list).value:
        if isinstance(each, dict) and isinstance(each.get("id"), str):
            affected = each.get(key)
            if (isinstance(affected, list) and item.id in affected) or _acts_on(each, item):
                found.append(each["id"])
    return found


def _acts_on(deployment: Mapping[str, Any], item: Item) -> bool:
    """Whether a step of a deployment touches the item."""
    steps = [each for each in deployment.get("steps") or () if isinstance(each, dict)]
    actions = [*(deployment.get("currentActions") or ())]
    actions += [action for step in steps for action in step.get("actions") or ()]
    return any(isinstance(action, dict) and action.get(item.kind) == item.id for action in actions)


def _of_job(job: Mapping[str, Any]) -> Look:
    """A job has no instances that would restart: its next run takes the new definition."""
    return Look(job, bodies.digest_of("job", job), "", "", 0, (), None, (), False)


def _of_app(app: Mapping[str, Any]) -> Look:
    info = app.get("versionInfo")
    checked = risks.has_health_check("app", app)
    tasks = app.get("tasks")
    listed = app.get("deployments")
    return Look(
        body=app,
        digest=bodies.digest_of("app", app),
        version=_text(app.get("version")),
        config=_text(info.get("lastConfigChangeAt")) if isinstance(info, dict) else "",
        wanted=restarting.instances("app", app),
        instances=tuple(
            _task(task, checked)
            for task in (tasks if isinstance(tasks, list) else ())
            if isinstance(task, dict) and task.get("state") not in _OVER
        ),
        failure=_failure(app.get("lastTaskFailure")),
        deployments=tuple(answers.deployment_ids(listed)) if isinstance(listed, list) else None,
        checked=checked,
    )


def _task(task: Mapping[str, Any], checked: bool) -> Instance:
    identity = _text(task.get("id"))
    results = task.get("healthCheckResults")
    alive = [
        each.get("alive") is True
        for each in (results if isinstance(results, list) else ())
        if isinstance(each, dict)
    ]
    addresses = task.get("ipAddresses")
    return Instance(
        id=identity,
        version=_text(task.get("version")),
        running=task.get("state", "TASK_RUNNING") == "TASK_RUNNING",
        healthy=(bool(alive) and all(alive)) if checked else None,
        addresses=tuple(
            _text(each.get("ipAddress"))
            for each in (addresses if isinstance(addresses, list) else ())
            if isinstance(each, dict)
        ),
        tasks=(identity,),
    )


def _failure(value: Any) -> Failure | None:
    if not isinstance(value, dict):
        return None
    return Failure(_text(value.get("version")), _text(value.get("timestamp")), _text(value.get("message")))


def _of_pod(pod: Mapping[str, Any], listed: Any) -> Look:
    version = _text(pod.get("version"))
    checked = risks.has_health_check("pod", pod)
    return Look(
        body=pod,
        digest=bodies.digest_of("pod", pod),
        version=version,
        config="",
        wanted=restarting.instances("pod", pod),
        instances=tuple(_pod_instance(each, checked) for each in listed if isinstance(each, dict)),
        failure=None,
        deployments=None,
        checked=checked,
    )


def _pod_instance(value: Mapping[str, Any], checked: bool) -> Instance:
    status = value.get("status")
    reference = _text(value.get("specReference"))
    containers = [each for each in value.get("containers") or () if isinstance(each, dict)]
    all_run = bool(containers) and all(each.get("status") == "TASK_RUNNING" for each in containers)
    networks = [each for each in value.get("networks") or () if isinstance(each, dict)]
    return Instance(
        id=_text(value.get("id")),
        version=reference.rpartition("::versions/")[2] if "::versions/" in reference else "",
        running=status == "STABLE" or (status == "DEGRADED" and all_run),
        healthy=(status == "STABLE") if checked else None,
        addresses=tuple(
            _text(address)
            for network in networks
            for address in (network.get("addresses") or ())
            if isinstance(address, str)
        ),
        tasks=tuple(_text(each.get("containerId")) for each in containers if each.get("containerId")),
    )


def _pod_failure(history: Any) -> Failure | None:
    """The latest end of an instance; its start tells of which version it was."""
    ended = [each for each in (history if isinstance(history, list) else ()) if isinstance(each, dict)]
    latest = max(ended, key=lambda each: _text(each.get("terminatedAt")), default=None)
    if latest is None:
        return None
    return Failure(
        _text(latest.get("startedAt")), _text(latest.get("terminatedAt")), _text(latest.get("message"))
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
