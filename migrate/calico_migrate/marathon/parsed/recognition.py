"""What counts as a definition: the one rule, over parsed values, whatever syntax they were written in.

An object is an app, a pod or a job where it has a text as its ``id``, a member of Marathon's (Metronome's)
shape, and nothing that only other programs' files have; Edge-LB's pools are told by their own members.
Everything else is foreign: it is neither edited nor judged. The shapes are those of Marathon's API
(mesosphere/marathon docs/docs/rest-api/public/api/v2: apps, pods, groups, queue), of Metronome's jobs
(dcos/metronome api/src/main/resources/public/api/v1/schema) and of Edge-LB's pools (DC/OS documentation,
Edge-LB, Pool configuration reference, and V1 examples).
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from calico_core.json.pointers import Path

LISTS = frozenset({"apps", "groups", "pods", "*", "queue", "pools"})
"""Members that hold an array of further definitions or wrappers."""

WRAPPED = frozenset({"app", "pod", "v2"})
"""Members that hold one definition."""

HOLDERS = LISTS | WRAPPED
"""Members in which definitions are looked for."""

NEED_NO_ID = frozenset({"apps", "groups"})
"""Members in whose entries an ``id`` may be missing."""

NETWORK_KEYS = frozenset({"mode", "name", "labels"})
"""What an entry of ``networks`` may hold."""

# Those first that are told at once.
_SIGNS = ("cmd", "container", "args", "networks", "ipAddress")
_OTHERS = frozenset({"run", "haproxy", "virtualNetworks", "spec", "containers"})
OWN = _OTHERS.union(_SIGNS)
"""Members of which one at least is in every definition."""

# What only other programs' files have at their top.
_FOREIGN = frozenset({"apiVersion", "services", "hosts", "tasks"})
_NOT_OF_APPS = _OTHERS | _FOREIGN
_CONTAINER_KEYS = frozenset({"type", "docker", "volumes", "portMappings", "linuxInfo"})
# `network` is a usual mistake for `networkName`, which a rule of its own tells.
_ADDRESS_KEYS = frozenset({"networkName", "network", "labels", "discovery", "groups"})
_RUN_KEYS = frozenset({"cmd", "args", "docker", "ucr", "networks", "cpus", "mem", "disk", "gpus", "env"})
_POOL_NETWORK_KEYS = frozenset({"name", "labels"})


class Recognised(NamedTuple):
    """What an object is: its kind, and the path from it to the definition (``("spec",)`` for a status)."""

    kind: str
    inside: Path = ()


_APP, _POD, _JOB, _POOL = (Recognised(kind) for kind in ("app", "pod", "job", "edgelb-pool"))
_STATUS = Recognised("pod", ("spec",))


class Place(NamedTuple):
    """A definition in a parsed document: its kind, its path and its value."""

    kind: str
    path: Path
    value: dict[str, Any]


def recognise(value: Mapping[str, Any], *, needs_id: bool = True) -> Recognised | None:
    """The definition that an object itself is, None where it is none.

    Without ``needs_id`` the id may be missing: in lists of apps and groups, and where another file says
    which app a definition is for.
    """
    if not value.keys().isdisjoint(_NOT_OF_APPS):
        other = None if value.keys().isdisjoint(_OTHERS) else _other(value, needs_id)
        if other is not None:
            return other
        if _is_foreign(value):
            return None
    own = value.get("id")
    if type(own) is str or (own is None and not needs_id):
        for key in _SIGNS:
            if key in value and has_shape(key, value[key]):
                return _APP
        return None
    return _APP if own is None and _needs_no_id(value) else None


def places(value: Any, *, needs_id: bool = True) -> Iterator[Place]:
    """Every definition in a parsed document, as `recognise` and the wrappers of the APIs have it.

    ``needs_id`` is for the document's own object. Raises RecursionError where wrappers are nested deeper
    than Python goes.
    """
    if isinstance(value, dict):
        yield from _in_object(value, (), needs_id)
    elif isinstance(value, list):
        yield from _in_list(value, (), needs_id)


def has_shape(key: str, value: Any) -> bool:
    """Whether the member of this name has the shape that Marathon (Metronome for ``run``) gives it."""
    if value is None:
        return False
    if key == "cmd":
        return isinstance(value, str)
    if key == "args":
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    if key == "networks":
        return isinstance(value, list) and all(
            isinstance(each, dict) and each.keys() <= NETWORK_KEYS for each in value
        )
    if key == "containers":
        return isinstance(value, list) and all(isinstance(each, dict) for each in value)
    if not isinstance(value, dict):
        return False
    if key == "ipAddress":
        return value.keys() <= _ADDRESS_KEYS
    known = _CONTAINER_KEYS if key == "container" else _RUN_KEYS
    return not value or not value.keys().isdisjoint(known)


def identity(kind: str, value: Mapping[str, Any]) -> str | None:
    """What a definition calls itself: its ``id``, of an Edge-LB pool its ``name``; None for neither."""
    own = value.get("name" if kind == "edgelb-pool" else "id")
    return own if isinstance(own, str) and own else None


def in_group(own: str, groups: Iterable[str | None]) -> str:
    """An id as Marathon resolves it below groups, which are given from the innermost to the outermost."""
    if own.startswith("/"):
        return own
    steps = [own]
    for group in groups:
        if group is not None:
            steps.append(group)
            if group.startswith("/"):
                break
    if len(steps) == 1:
        return own
    joined = "/" + "/".join([step.strip("/") for step in reversed(steps)]).lstrip("/")
    # Nothing else is changed by that, which takes long.
    odd = "//" in joined or "/." in joined or joined.endswith("/")
    return posixpath.normpath(joined) if odd else joined


def _needs_no_id(value: Mapping[str, Any]) -> bool:
    """Whether a network of Marathon's shape stands beside what a network is for."""
    return any(key in value and has_shape(key, value[key]) for key in ("networks", "ipAddress")) and any(
        key in value and has_shape(key, value[key]) for key in ("cmd", "args", "container")
    )


def _other(value: Mapping[str, Any], needs_id: bool) -> Recognised | None:
    """The job, Edge-LB pool or pod that an object is, None where it is none of them."""
    if _is_pool(value):
        return _POOL
    if not value.keys().isdisjoint(_FOREIGN) and _is_foreign(value):
        return None
    has_id = type(value.get("id")) is str
    spec = value.get("spec")
    if isinstance(spec, dict) and (has_id or isinstance(value.get("instances"), list)):
        return _STATUS if has_shape("containers", spec.get("containers")) else None
    if not has_id and (needs_id or value.get("id") is not None):
        return None
    if has_shape("run", value.get("run")):
        return _JOB
    return _POD if has_shape("containers", value.get("containers")) else None


def _is_pool(value: Mapping[str, Any]) -> bool:
    proxy, networks = value.get("haproxy"), value.get("virtualNetworks")
    if isinstance(proxy, dict) and ("frontends" in proxy or "backends" in proxy):
        return networks is None or isinstance(networks, list)
    return (
        isinstance(value.get("name"), str)
        and isinstance(networks, list)
        and bool(networks)
        and all(isinstance(each, dict) and each.keys() <= _POOL_NETWORK_KEYS for each in networks)
    )


def _is_foreign(value: Mapping[str, Any]) -> bool:
    """Whether an object has what only other programs' files have: Kubernetes', Compose's, Ansible's."""
    if value.get("apiVersion") is not None and value.get("kind") is not None:
        return True
    if value.get("services") is not None or value.get("hosts") is not None:
        return True
    tasks = value.get("tasks")
    return tasks is not None and not (
        isinstance(tasks, list)
        and all(isinstance(each, dict) and "id" in each and "appId" in each for each in tasks)
    )


def _in_object(value: dict[str, Any], path: Path, needs_id: bool) -> Iterator[Place]:
    found = False
    if not value.keys().isdisjoint(HOLDERS):
        for key, held in value.items():
            if key in LISTS and isinstance(held, list):
                inner = _in_list(held, (*path, key), key not in NEED_NO_ID)
            elif key in WRAPPED and isinstance(held, dict):
                inner = _in_object(held, (*path, key), True)
            else:
                continue
            for place in inner:
                found = True
                yield place
    # What only looks like a wrapper may be a definition itself.
    own = None if found else recognise(value, needs_id=needs_id)
    if own is not None:
        yield Place(own.kind, path + own.inside, value["spec"] if own.inside else value)


def _in_list(values: list[Any], path: Path, needs_id: bool) -> Iterator[Place]:
    for index, each in enumerate(values):
        if isinstance(each, dict):
            yield from _in_object(each, (*path, index), needs_id)
