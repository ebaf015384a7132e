"""What somebody changed in the running app of a package, and what the package's next update would undo.

Cosmos replaces the whole app with what it renders (dcos/cosmos MarathonClient.scala:59-71:
``partialUpdate=false``). The running app has what Marathon adds to every app, which is no change of anybody
(mesosphere/marathon docs/docs/rest-api/public/api/v2/types/app.raml and what it includes).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_core.json.pointers import token
from calico_migrate.marathon.parsed.fields import RUNTIME_FIELDS
from calico_migrate.package.options.canonical import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Cosmos' own labels (PackageDefinitionRenderer.scala:140-159), which are in no template.
_COSMOS_LABEL = "DCOS_PACKAGE_"
# What Marathon adds where an app does not say it, by the last key; several where it depends on the app.
_ADDED: dict[str, tuple[Any, ...]] = {
    "acceptedResourceRoles": (["*"],),
    "backoffFactor": (1.15,),
    "backoffSeconds": (1,),
    "cpus": (1,),
    "delaySeconds": (15,),
    "extract": (True,),
    "gracePeriodSeconds": (300,),
    "instances": (1,),
    "intervalSeconds": (60,),
    "ipProtocol": ("IPv4",),
    "killSelection": ("YOUNGEST_FIRST",),
    "maxConsecutiveFailures": (3,),
    "maxLaunchDelaySeconds": (300,),
    "maximumOverCapacity": (1,),
    "mem": (128,),
    "minimumHealthCapacity": (1,),
    "networks": ([{"mode": "host"}],),
    "path": ("/",),
    "protocol": ("tcp", "HTTP"),
    "residency": ({"relaunchEscalationTimeoutSeconds": 3600, "taskLostBehavior": "WAIT_FOREVER"},),
    "role": ("*", "slave_public"),
    "taskKillGracePeriodSeconds": (3,),
    "timeoutSeconds": (20, 10),
    "type": ("MESOS", "DOCKER", "root"),
    "upgradeStrategy": (
        {"minimumHealthCapacity": 1, "maximumOverCapacity": 1},
        {"minimumHealthCapacity": 0.5, "maximumOverCapacity": 0},
    ),
}
# What Marathon chooses by itself, and what it fills in by the kind of the app.
_CHOSEN = frozenset({"port", "ports", "servicePort", "unreachableStrategy"})
# Whatever stands in these is somebody's own.
_OWN = frozenset({"env", "labels"})
_WORDS = frozenset({"mode", "network", "operator", "protocol", "type"})


def undone(running: Mapping[str, Any], rendered: Mapping[str, Any]) -> list[str]:
    """The pointers in a running app that the rendered one would change back, sorted."""
    stored = canonical(rendered)
    found: list[str] = []
    for key in {*running, *stored} - {*RUNTIME_FIELDS, "id"}:
        found += _differences(running.get(key), stored.get(key), f"/{token(key)}", key, own=key in _OWN)
    return sorted(found)


def _differences(running: Any, rendered: Any, place: str, key: str, *, own: bool) -> Iterator[str]:
    if rendered is None:
        if not _is_added(running, key, own=own, place=place):
            yield place
    elif isinstance(running, dict) and isinstance(rendered, dict):
        for name in {*running, *rendered}:
            yield from _differences(
                running.get(name), rendered.get(name), f"{place}/{token(name)}", name, own=own
            )
    elif isinstance(running, list) and isinstance(rendered, list) and len(running) == len(rendered):
        for index, (one, other) in enumerate(zip(running, rendered, strict=True)):
            yield from _differences(one, other, f"{place}/{index}", key, own=own)
    elif not _is_same(running, rendered, key, own=own):
        yield place


def _is_added(value: Any, key: str, *, own: bool, place: str) -> bool:
    """Whether nobody said this: Marathon's own, or nothing at all."""
    if own:
        if place == "/labels" and isinstance(value, dict):
            return all(name.startswith(_COSMOS_LABEL) for name in value)
        return value in (None, {}) or (place.startswith("/labels/") and key.startswith(_COSMOS_LABEL))
    if not value or key in _CHOSEN or value in _ADDED.get(key, ()):
        return True
    # A group that Marathon made has only what Marathon puts in.
    return isinstance(value, dict) and all(
        _is_added(each, name, own=False, place=place) for name, each in value.items()
    )


def _is_same(running: Any, rendered: Any, key: str, *, own: bool) -> bool:
    if own:
        return bool(running == rendered)
    if not rendered and not running and not isinstance(rendered, (bool, int, float)):
        return True
    if key in _CHOSEN and not rendered:
        return True
    if key in _WORDS and isinstance(running, str) and isinstance(rendered, str):
        return running.lower() == rendered.lower()
    return bool(running == rendered) and isinstance(running, bool) is isinstance(rendered, bool)
