"""The names of items, and their addresses in a Marathon's API.

An item's key is the Marathon's path and the id, ``marathon:/shop/web``. Ids come from the cluster: each is
held against Marathon's own pattern before it becomes part of an address, and every segment is
percent-encoded.
"""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import quote

from calico_core.errors import InputError
from calico_core.legible import quoted

Kind = Literal["app", "pod", "job", "package", "edgelb-pool"]
METRONOME = "metronome"
COSMOS = "cosmos"
EDGELB = "edgelb"
SERVICES: dict[str, str] = {"job": METRONOME, "package": COSMOS, "edgelb-pool": EDGELB}
"""Whose the items of a kind are; apps and pods are of a Marathon."""

# docs/docs/rest-api/public/api/v2/types/stringTypes.raml, PathId, without relative steps
_LABEL = r"[a-z0-9](?:[-a-z0-9]*[a-z0-9])?"
_SEGMENT = re.compile(rf"{_LABEL}(?:\.{_LABEL})*", re.ASCII)
_LONGEST = 1000
# What stands behind an app's id in Marathon's own routes (api/v2/AppsResource.scala, AppTasksResource.scala).
_ROUTES = frozenset({"restart", "tasks", "versions"})
_ROUTES_WITH_VALUE = frozenset({"tasks", "versions"})


def key(service: str, item: str) -> str:
    """The key of an item."""
    return f"{service}:{item}"


def is_id(text: object) -> bool:
    """Whether this is an absolute id as Marathon has them."""
    return (
        isinstance(text, str)
        and text.startswith("/")
        and len(text) <= _LONGEST
        and all(_SEGMENT.fullmatch(segment) for segment in text[1:].split("/"))
    )


def is_service_path(text: str) -> bool:
    """Whether this is a Marathon's path below ``/service/``, such as ``marathon`` or ``team/marathon``."""
    return is_id("/" + text)


def meets_route(item: str) -> bool:
    """Whether an app's address would be that of another app's ``versions``, ``tasks`` or ``restart``."""
    segments = item[1:].split("/")
    return (len(segments) > 1 and segments[-1] in _ROUTES) or (
        len(segments) > 2 and segments[-2] in _ROUTES_WITH_VALUE
    )


def is_addressable(kind: Kind, item: object) -> bool:
    """Whether an item of this kind has an address of its own in its API."""
    if kind in ("job", "edgelb-pool"):
        # dcos/metronome: ids are dotted labels
        return isinstance(item, str) and len(item) <= _LONGEST and _SEGMENT.fullmatch(item) is not None
    return is_id(item) and isinstance(item, str) and not (kind == "app" and meets_route(item))


def team(item: str) -> str:
    """The first element of the id."""
    return item[1:].split("/")[0] if item.startswith("/") else item.split(".")[0]


def service(path: str) -> str:
    """The address of a Marathon below the cluster's URL; raises InputError for what is no path of one."""
    if not is_service_path(path):
        raise InputError(f"{quoted(path)} is no path of a Marathon below /service/")
    return "/service/" + _encoded("/" + path)


def app(service_path: str, item: str, below: str = "") -> str:
    """The address of an app; ``below`` is what follows it, such as ``versions``."""
    return f"{service(service_path)}/v2/apps/{_checked(item)}{'/' if below else ''}{below}"


def pod(service_path: str, item: str, below: str = "") -> str:
    """The address of a pod; ``below`` is what follows it, such as ``::status``."""
    return f"{service(service_path)}/v2/pods/{_checked(item)}{below}"


def old_version(kind: Kind, service_path: str, item: str, version: str) -> str:
    """The address of an earlier version of a definition."""
    # The cluster's own word, which JSON lets be half a character.
    encoded = quote(version, safe=":", errors="surrogatepass")
    below = f"versions/{encoded}" if kind == "app" else f"::versions/{encoded}"
    return app(service_path, item, below) if kind == "app" else pod(service_path, item, below)


def job(item: str) -> str:
    """The address of a job."""
    if not is_addressable("job", item):
        raise InputError(f"{quoted(str(item))} is no id that Metronome has")
    return f"{jobs()}/{quote(item, safe='')}"


def jobs() -> str:
    """The address of all jobs."""
    return f"/service/{METRONOME}/v1/jobs"


def pool(name: str) -> str:
    """The address of a pool of Edge-LB."""
    if not is_addressable("edgelb-pool", name):
        raise InputError(f"{quoted(str(name))} is no name that Edge-LB has")
    return f"{pools()}/{quote(name, safe='')}"


def pools() -> str:
    """The address of all pools of Edge-LB."""
    return f"/service/{EDGELB}/v2/pools"


def deployment(service_path: str, identity: str) -> str:
    """The address of a deployment."""
    return f"{service(service_path)}/v2/deployments/{quote(identity, safe='', errors='surrogatepass')}"


def _checked(item: str) -> str:
    if not is_id(item):
        raise InputError(f"{quoted(str(item))} is no id that Marathon has")
    return _encoded(item)


def _encoded(path: str) -> str:
    return "/".join(quote(segment, safe="") for segment in path[1:].split("/"))
