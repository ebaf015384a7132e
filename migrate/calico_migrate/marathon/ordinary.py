"""Apps that need no look around: one network in the current format, and nothing that a rule speaks of.

Most apps of a large document are such. A few comparisons tell them, which cost less than planning and less
than choosing the rules to ask. Every other definition is looked at thoroughly; for these the answer would be
the same. What a new rule looks at must make an app extraordinary here, as it must be a feature in `features`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from calico_core.spans import Edit
from calico_migrate.marathon.elsewhere import finder
from calico_migrate.marathon.features import OVERLAY
from calico_migrate.marathon.parsed.attachments import LABEL_PREFIX
from calico_migrate.marathon.rules import rename_network
from calico_migrate.network_map import is_network_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_migrate.marathon.definitions import Definition
    from calico_migrate.network_map import NetworkMap

_BRIDGE = [{"mode": "container/bridge"}]
_HOST = [{"mode": "host"}]
_PACKAGE = ("DCOS_PACKAGE_NAME", "DCOS_COMMONS_API_VERSION")
# What is worth a thorough look in an app that moves, unless it is null or empty.
_RARE = ("ports", "uris", "residency", "volumes", "scheduling", "containers")
_RULE = rename_network.RULE.id


class Ordinary:
    """Tells the ordinary apps, and what becomes of each under one map of networks."""

    def __init__(self, network_map: NetworkMap) -> None:
        self._names = frozenset(network_map.names)
        self._may_name = finder(self._names).may_name
        sound = all(map(is_network_name, network_map.new_names))
        self._replacements = {old: (new, json.dumps(new)) for old, new in network_map.names.items() if sound}
        self._new_names = network_map.new_names - {"dcos6"} if sound else frozenset[str]()

    def edits(self, definition: Definition) -> tuple[Edit, ...] | None:
        """The edits of an ordinary app, none or one; None for every other definition."""
        value = definition.value
        if (
            definition.kind != "app"
            or value.get("ipAddress") is not None
            or value.get("dependencies", ()) is None
            or OVERLAY.search(definition.text, definition.start, definition.end) is not None
            or (definition.escaped and definition.has_escapes)
        ):
            return None
        networks = value.get("networks")
        known = 0
        if type(networks) is list and len(networks) == 1 and type(networks[0]) is dict:
            named = networks[0].get("name")
            known = int(type(named) is str and named in self._names)
        if self._may_name(definition.text, definition.start, definition.end, known):
            return None
        if networks is None or networks == []:
            return () if _is_calm(value, old=True) else None
        if networks == _HOST:
            return () if _is_calm(value) and not _ports(value) else None
        if value.get("portDefinitions"):
            return None
        if networks == _BRIDGE:
            return () if _is_calm(value) else None
        if type(networks) is not list or len(networks) != 1 or type(networks[0]) is not dict:
            return None
        entry = networks[0]
        name = entry.get("name")
        if (
            type(name) is not str
            or entry.get("mode", "container") != "container"
            or len(entry) != (2 if "mode" in entry else 1)
        ):
            return None
        replacement = self._replacements.get(name)
        if replacement is None:
            return () if name in self._new_names and _is_calm(value, calico=True) else None
        start = definition.sole(name) if _is_calm(value, calico=True) and _moves_calmly(value) else -1
        if start < 0:
            return None
        after, quoted = replacement
        pointer = definition.pointer() + "/networks/0/name"
        return (Edit(start, start + len(name) + 2, quoted, _RULE, pointer, name, after),)


def _is_calm(value: Mapping[str, Any], *, old: bool = False, calico: bool = False) -> bool:
    """Whether no rule has anything to say of an app's labels and container.

    ``old`` says that the app may have the old format's ports and network of Docker's, ``calico`` that it is
    on Calico after the change.
    """
    labels = value.get("labels")
    if labels and not (type(labels) is dict and labels.keys().isdisjoint(_PACKAGE)):
        return False
    if labels and any(label.startswith(LABEL_PREFIX) for label in labels):
        return False
    container = value.get("container")
    if container is None:
        return True
    if type(container) is not dict:
        return False
    docker = container.get("docker")
    if docker is not None:
        if type(docker) is not dict or docker.get("parameters") or "credential" in docker:
            return False
        old = old and container.get("type") in (None, "DOCKER")
        if "network" in docker and not (old and docker["network"] in ("BRIDGE", "HOST")):
            return False
        if "portMappings" in docker and not (old and _are_plain(docker["portMappings"])):
            return False
    return _are_plain(container.get("portMappings"), container if calico else None)


def _ports(value: Mapping[str, Any]) -> object:
    """The port mappings of a calm app, where it has any."""
    return value.get("container") and value["container"].get("portMappings")


def _are_plain(ports: object, on_calico: Mapping[str, Any] | None = None) -> bool:
    """Whether port mappings name no network, and fit a container that is given because it is on Calico."""
    if not ports:
        return True
    if type(ports) is not list:
        return False
    for port in ports:
        if type(port) is not dict or "networkNames" in port:
            return False
        if on_calico is not None and not _fits_calico(port, on_calico):
            return False
    return True


def _fits_calico(port: Mapping[str, Any], container: Mapping[str, Any]) -> bool:
    """Whether a port mapping means the same on Calico: without a port of the host, and without a VIP."""
    host_port, labels = port.get("hostPort"), port.get("labels")
    if host_port is not None and (host_port or container.get("type") != "MESOS"):
        return False
    if not labels:
        return True
    return type(labels) is dict and not any(label.startswith("VIP_") for label in labels)


def _moves_calmly(value: Mapping[str, Any]) -> bool:
    """Whether no rule has anything to say of a calm app that is sent to Marathon and starts anew."""
    if not value.keys().isdisjoint(_RARE) and any(value.get(key) not in (None, []) for key in _RARE):
        return False
    command, container = value.get("cmd"), value.get("container")
    if command is not None and (type(command) is not str or len(command) < 2):
        return False
    if container:
        volumes = container.get("volumes")
        if volumes and not (type(volumes) is list and all(_stays_behind(volume) for volume in volumes)):
            return False
    strategy = value.get("upgradeStrategy")
    if strategy and (type(strategy) is not dict or strategy.get("maximumOverCapacity", 1) != 1):
        return False
    if value.get("acceptedResourceRoles") == []:
        return False
    checks = value.get("healthChecks")
    if checks:
        if type(checks) is not list:
            return False
        for check in checks:
            if type(check) is not dict or check.get("ipProtocol", "IPv4") != "IPv4":
                return False
    return True


def _stays_behind(volume: object) -> bool:
    """Whether a volume does not tie an app to its agent."""
    return type(volume) is dict and "persistent" not in volume
