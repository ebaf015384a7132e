"""Reads a whole cluster and keeps what it answered, byte for byte."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.errors import UsageError
from calico_core.sources import reason
from calico_migrate.cluster import files, identity, ids, mesos, moments, paths
from calico_migrate.cluster.connection import cosmos
from calico_migrate.cluster.connection.failures import RefusedError, UnreachableError
from calico_migrate.cluster.connection.reading import has_list, is_list, is_object
from calico_migrate.cluster.kinds import scheduling
from calico_migrate.cluster.kinds.packages import is_described
from calico_migrate.cluster.planning.services import Scheduler, is_plan
from calico_migrate.cluster.snapshot import manifest
from calico_migrate.cluster.snapshot import parts as names
from calico_migrate.cluster.snapshot.manifest import Part
from calico_migrate.marathon.parsed.package_labels import PackageLabels

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from calico_migrate.cluster.connection.reading import Reader

ABSENT, UNREAD = "absent", "unread"
# Besides 404: the front door takes no POST there (RFC 9110, 15.5.6 and 15.6.2).
_NO_COSMOS = (404, 405, 501)


class Wanted(NamedTuple):
    """What to read: the Marathons' paths, who reads, and a default network where info may be refused.

    Without ``marathons`` it is the root Marathon and every one that is found on it.
    """

    marathons: Sequence[str] | None
    url: str
    name: str
    user: str
    tool: str
    default_network: str | None = None


class Taken(NamedTuple):
    """A snapshot that is in memory."""

    identity: identity.Identity
    taken: str
    parts: dict[str, Part]

    @property
    def unread(self) -> dict[str, str]:
        """What could not be read, and why."""
        return {path: part.why for path, part in self.parts.items() if part.state == UNREAD}


def require_place(directory: str) -> None:
    """Raises UsageError unless the directory is absent or empty."""
    try:
        if os.listdir(directory):
            raise UsageError(f"{directory} is not empty; a snapshot gets a directory of its own")
    except FileNotFoundError:
        pass
    except OSError as error:
        raise UsageError(f"{directory} cannot take a snapshot: {reason(error)}") from error


class _Taking:
    """A snapshot on its way: each answer becomes a part, kept as it came."""

    def __init__(self, reader: Reader, url: str) -> None:
        self.reader = reader
        self.url = url
        self.parts: dict[str, Part] = {}

    def required(self, name: str, path: str, shape: Callable[[Any], bool], **how: Any) -> Any:
        """What stands at a path; ``how`` is what `Reader.document` takes beside. Raises what that raises."""
        document = self.reader.document(path, shape, **how)
        self.parts[name] = Part(self.url + path, document.answer.body, document.answer.status)
        return document.value

    def optional(
        self,
        name: str,
        path: str,
        shape: Callable[[Any], bool],
        *,
        absent: Collection[int] = (404,),
        **how: Any,
    ) -> Any:
        """The same, None where it could not be read; a part says so.

        ``absent`` are the statuses of what is not there.
        """
        try:
            return self.required(name, path, shape, **how)
        except RefusedError as error:
            state = ABSENT if error.status in absent else UNREAD
            self.parts[name] = Part(self.url + path, None, error.status, state, str(error))
        except UnreachableError as error:
            self.parts[name] = Part(self.url + path, None, None, UNREAD, str(error))
        return None

    def asked(self, name: str, path: str, shape: Callable[[Any], bool], question: Any) -> Any:
        """What Cosmos answers, as `optional`; where nobody takes a POST there is no Cosmos."""
        return self.optional(name, path, shape, absent=_NO_COSMOS, question=question, route_may_miss=True)


class _Marathon(NamedTuple):
    """One Marathon: its info, None where that is refused and not needed, and its apps of packages."""

    info: Any
    packaged: list[Mapping[str, Any]]


def take(reader: Reader, wanted: Wanted, warn: Callable[[str], object]) -> Taken:
    """Reads the cluster.

    Raises UnauthorisedError, RedirectError and UnreachableError, and RefusedError for a Marathon's info or
    apps; what else cannot be read is a part that says so.
    """
    taking = _Taking(reader, wanted.url)
    live_id = identity.cluster_id(reader, warn)
    root = _Marathon(None, [])
    for path in wanted.marathons or (paths.ROOT_MARATHON,):
        found = _marathon(taking, wanted, path, warn)
        if path == paths.ROOT_MARATHON:
            root = found
    state = taking.optional(names.MESOS, paths.MESOS_STATE, mesos.is_state)
    if wanted.marathons is None:
        for path in _marathons_on_marathon(reader, root.packaged):
            _marathon(taking, wanted, path, warn)
    taking.optional(names.JOBS, ids.jobs(), is_list, route_may_miss=True)
    _packages(taking, root.packaged)
    taking.optional(names.POOLS, ids.pools(), is_list, route_may_miss=True)
    for unit in paths.UNITS:
        taking.optional(names.unit(unit), paths.unit_nodes(unit), has_list("nodes"))
    framework = root.info.get("frameworkId") if root.info is not None else None
    if framework is None:
        framework = _root_framework(reader, state)
    dcos, variant = identity.version_and_variant(reader)
    name = (mesos.cluster_name(state) if state is not None else None) or wanted.name or None
    whose = identity.Identity(
        live_id, framework if isinstance(framework, str) else None, name, wanted.url, dcos, variant
    )
    return Taken(whose, moments.now(), taking.parts)


def write(directory: str, taken: Taken, wanted: Wanted) -> None:
    """Writes a snapshot, its manifest last. Raises OutputError."""
    files.make_directory(directory)
    for path, part in taken.parts.items():
        if part.body is not None:
            files.write(os.path.join(directory, *path.split("/")), part.body)
    cluster = manifest.cluster_file(taken.identity, taken.taken, wanted.tool, wanted.user)
    files.write(os.path.join(directory, manifest.CLUSTER), cluster)
    files.write(os.path.join(directory, manifest.MANIFEST), manifest.manifest(taken.taken, taken.parts))


def _marathon(taking: _Taking, wanted: Wanted, path: str, warn: Callable[[str], object]) -> _Marathon:
    """The parts of one Marathon."""
    base = ids.service(path) + "/v2/"
    folder = f"marathon/{path}/"
    info = None
    try:
        info = taking.required(f"{folder}info.json", base + "info", is_object)
    except RefusedError as error:
        if error.status != 403:
            raise
        if wanted.default_network is None:
            raise RefusedError(
                f"{error}; without it the network of apps that name none is unknown: give --default-network"
                " NAME"
                " (usually dcos), or an account that may view the system's configuration",
                error.status,
            ) from None
        unread = Part(wanted.url + base + "info", None, state=UNREAD, why=str(error))
        taking.parts[f"{folder}info.json"] = unread
    apps = taking.required(f"{folder}apps.json", base + "apps", has_list("apps"))["apps"]
    taking.optional(f"{folder}pods.json", base + "pods", is_list)
    if taking.optional(f"{folder}groups.json", base + "groups", is_object) is None:
        warn(f"the groups of {path} could not be read: what depends on what by group is unknown")
    taking.optional(f"{folder}deployments.json", base + "deployments", is_list)
    return _Marathon(info, [app for app in apps if _is_packaged(app)])


def _is_packaged(app: Any) -> bool:
    """Whether an app says of itself that it is of a package."""
    labels = app.get("labels") if isinstance(app, dict) else None
    return isinstance(labels, dict) and "DCOS_PACKAGE_NAME" in labels


def _marathons_on_marathon(reader: Reader, packaged: Sequence[Mapping[str, Any]]) -> list[str]:
    """The paths of the Marathons that run on the root one: apps of that package which answer as one does."""
    found = []
    for app in packaged:
        labels = app["labels"]
        if labels["DCOS_PACKAGE_NAME"] != paths.ROOT_MARATHON:
            continue
        path = str(labels.get("DCOS_SERVICE_NAME") or labels.get("DCOS_PACKAGE_FRAMEWORK_NAME") or "").strip(
            "/"
        )
        if ids.is_service_path(path) and path != paths.ROOT_MARATHON and _answers(reader, path):
            found.append(path)
    return sorted(set(found))


def _packages(taking: _Taking, packaged: Sequence[Mapping[str, Any]]) -> None:
    """What Cosmos says of each package on the root Marathon, and the deploy plan of its scheduler."""
    listed = taking.asked(names.PACKAGES, cosmos.LIST, has_list("packages"), {}) if packaged else None
    if listed is None:
        return
    known = {each.get("appId") for each in listed["packages"] if isinstance(each, dict)}
    for app in packaged:
        if app.get("id") not in known or not ids.is_id(app["id"]):
            continue
        part = names.description(app["id"])
        taking.asked(part, cosmos.DESCRIBE, is_described, {"appId": app["id"]})
        package = PackageLabels.of(app["labels"])
        if package is not None and "DCOS_COMMONS_API_VERSION" in app["labels"]:
            _deploy_plan(taking, package.service.strip("/"))


def _deploy_plan(taking: _Taking, service: str) -> None:
    """The deploy plan of a scheduler, however far it is."""
    if ids.is_service_path(service):
        path = Scheduler(service, None).plan
        part = names.deploy_plan(service)
        taking.optional(part, path, is_plan, route_may_miss=True, statuses=scheduling.PLAN_STATUSES)


def _answers(reader: Reader, path: str) -> bool:
    try:
        info = reader.document(f"{ids.service(path)}/v2/info", is_object, within=0, route_may_miss=True).value
    except (RefusedError, UnreachableError):
        return False
    return isinstance(info.get("frameworkId"), str)


def _root_framework(reader: Reader, state: Any) -> str | None:
    if state is not None:
        found = mesos.framework_called(state, paths.ROOT_MARATHON)
        if found is not None:
            return found
    try:
        return identity.framework_id(reader)
    except (RefusedError, UnreachableError):
        return None
