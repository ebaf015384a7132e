"""Apps and pods: what their Marathon answers about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_migrate.cluster import bodies, ids
from calico_migrate.cluster.connection import answers
from calico_migrate.cluster.connection.reading import has_list, has_object, is_list, is_object
from calico_migrate.cluster.kinds.kind import RunSpec
from calico_migrate.cluster.kinds.look import Failure, Instance, Look, text
from calico_migrate.cluster.planning import risks
from calico_migrate.marathon import restarting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from calico_migrate.cluster.connection.reading import Reader
    from calico_migrate.cluster.planning.document import Item

_SCALING = "scaling"
_OVER = frozenset({
    "TASK_FINISHED", "TASK_FAILED", "TASK_KILLED", "TASK_ERROR", "TASK_LOST", "TASK_DROPPED", "TASK_GONE",
    "TASK_GONE_BY_OPERATOR",
})  # fmt: skip


class AppKind:
    """Apps: one read has all, and a PATCH with the whole content changes it."""

    server = "Marathon"
    alone = False
    is_late = False

    def run_spec(self, item: Item) -> RunSpec:
        """It is one itself."""
        return RunSpec("app", item.service, item.id)

    def path(self, item: Item) -> str:
        """Its own address."""
        return ids.app(item.service, item.id)

    def look(self, reader: Reader, item: Item, *, within: float | None) -> Look | None:
        """The app with its tasks."""
        return app(reader, item.service, item.id, within=within)

    def whole(self, reader: Reader, item: Item) -> Look | None:
        """The same."""
        return app(reader, item.service, item.id)

    def payload(self, item: Item, look: Look, content: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002
        """The content, and so no number of instances."""
        return content

    def contents(self, reader: Reader, items: Mapping[str, Item]) -> dict[str, dict[str, Any]]:
        """One list for each Marathon."""
        found: dict[str, dict[str, Any]] = {}
        for service in {item.service for item in items.values()}:
            path = f"{ids.service(service)}/v2/apps"
            listed = reader.document(path, has_list("apps")).value["apps"]
            found |= contents_of("app", service, listed, items)
        return found


class PodKind:
    """Pods: the definition and the instances are two answers, and a PUT replaces the definition."""

    server = "Marathon"
    alone = False
    is_late = False

    def run_spec(self, item: Item) -> RunSpec:
        """It is one itself."""
        return RunSpec("pod", item.service, item.id)

    def path(self, item: Item) -> str:
        """Its own address."""
        return ids.pod(item.service, item.id)

    def look(self, reader: Reader, item: Item, *, within: float | None) -> Look | None:
        """The definition alone."""
        pod = reader.value_or_none(self.path(item), is_object, within=within)
        return None if pod is None else _of_pod(pod, ())

    def whole(self, reader: Reader, item: Item) -> Look | None:
        """Its status, which has the definition too."""
        value = reader.value_or_none(ids.pod(item.service, item.id, "::status"), has_object("spec"))
        if value is None:
            return None
        listed = value.get("instances")
        look = _of_pod(value["spec"], listed if isinstance(listed, list) else ())
        return look._replace(failure=_pod_failure(value.get("terminationHistory")))

    def payload(self, item: Item, look: Look, content: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002
        """The content with the scaling as it is now."""
        scaling = look.body.get(_SCALING)
        return content if scaling is None else {**content, _SCALING: scaling}

    def contents(self, reader: Reader, items: Mapping[str, Item]) -> dict[str, dict[str, Any]]:
        """One list for each Marathon."""
        found: dict[str, dict[str, Any]] = {}
        for service in {item.service for item in items.values()}:
            listed = reader.value_or_none(f"{ids.service(service)}/v2/pods", is_list)
            found |= contents_of("pod", service, listed or (), items)
        return found


def app(reader: Reader, service: str, identity: str, *, within: float | None = None) -> Look | None:
    """A look at an app; None where it does not exist."""
    value = reader.value_or_none(ids.app(service, identity), has_object("app"), within=within)
    return None if value is None else _of_app(value["app"])


def contents_of(
    kind: ids.Kind, service: str, listed: Sequence[Any], items: Mapping[str, Item], name: str = "id"
) -> dict[str, dict[str, Any]]:
    """The contents of those in a list that are asked for, by key; ``name`` is the member with their id."""
    return {
        key: bodies.stripped(kind, each)
        for each in listed
        if isinstance(each, dict) and isinstance(each.get(name), str)
        for key in (ids.key(service, each[name]),)
        if key in items
    }


def _of_app(app: Mapping[str, Any]) -> Look:
    info = app.get("versionInfo")
    checked = risks.has_health_check("app", app)
    tasks = app.get("tasks")
    listed = app.get("deployments")
    content = bodies.stripped("app", app)
    return Look(
        body=app,
        content=content,
        digest=bodies.digest(content),
        version=text(app.get("version")),
        config=text(info.get("lastConfigChangeAt")) if isinstance(info, dict) else "",
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
    identity = text(task.get("id"))
    results = task.get("healthCheckResults")
    alive = [
        each.get("alive") is True
        for each in (results if isinstance(results, list) else ())
        if isinstance(each, dict)
    ]
    addresses = task.get("ipAddresses")
    return Instance(
        id=identity,
        version=text(task.get("version")),
        running=task.get("state", "TASK_RUNNING") == "TASK_RUNNING",
        healthy=(bool(alive) and all(alive)) if checked else None,
        addresses=tuple(
            text(each.get("ipAddress"))
            for each in (addresses if isinstance(addresses, list) else ())
            if isinstance(each, dict)
        ),
        tasks=(identity,),
    )


def _failure(value: Any) -> Failure | None:
    if not isinstance(value, dict):
        return None
    return Failure(text(value.get("version")), text(value.get("timestamp")), text(value.get("message")))


def _of_pod(pod: Mapping[str, Any], listed: Any) -> Look:
    version = text(pod.get("version"))
    checked = risks.has_health_check("pod", pod)
    content = bodies.stripped("pod", pod)
    return Look(
        body=pod,
        content=content,
        digest=bodies.digest(content),
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
    reference = text(value.get("specReference"))
    containers = [each for each in value.get("containers") or () if isinstance(each, dict)]
    all_run = bool(containers) and all(each.get("status") == "TASK_RUNNING" for each in containers)
    networks = [each for each in value.get("networks") or () if isinstance(each, dict)]
    return Instance(
        id=text(value.get("id")),
        version=reference.rpartition("::versions/")[2] if "::versions/" in reference else "",
        running=status == "STABLE" or (status == "DEGRADED" and all_run),
        healthy=(status == "STABLE") if checked else None,
        addresses=tuple(
            text(address)
            for network in networks
            for address in (network.get("addresses") or ())
            if isinstance(address, str)
        ),
        tasks=tuple(text(each.get("containerId")) for each in containers if each.get("containerId")),
    )


def _pod_failure(history: Any) -> Failure | None:
    """The latest end of an instance; its start tells of which version it was."""
    ended = [each for each in (history if isinstance(history, list) else ()) if isinstance(each, dict)]
    latest = max(ended, key=lambda each: text(each.get("terminatedAt")), default=None)
    if latest is None:
        return None
    return Failure(
        text(latest.get("startedAt")), text(latest.get("terminatedAt")), text(latest.get("message"))
    )
