"""Apps that need no look around: one network in the current format, and nothing that a rule speaks of.

Most apps of a large document are such. A few comparisons tell them, which cost less than planning and less
than choosing the rules to ask. Every other definition is looked at thoroughly; for these the answer would be
the same.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from calico_core.spans import Edit
from calico_migrate.marathon.features import OVERLAY
from calico_migrate.marathon.rules import rename_network
from calico_migrate.network_map import is_network_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_migrate.marathon.definitions import Definition
    from calico_migrate.network_map import NetworkMap

_BRIDGE = [{"mode": "container/bridge"}]
# What is worth a thorough look wherever it stands.
_RARE = ("ipAddress", "portDefinitions", "ports", "uris", "residency", "volumes", "scheduling", "containers")
_RARE_OF_DOCKER = ("network", "portMappings")
_PACKAGE = ("DCOS_PACKAGE_NAME", "DCOS_COMMONS_API_VERSION")
_RULE = rename_network.RULE.id


class Ordinary:
    """Tells the ordinary apps, and what becomes of each under one map of networks."""

    def __init__(self, network_map: NetworkMap) -> None:
        sound = all(map(is_network_name, network_map.new_names))
        self._replacements = {old: (new, json.dumps(new)) for old, new in network_map.names.items() if sound}
        self._new_names = network_map.new_names - {"dcos6"} if sound else frozenset[str]()

    def edits(self, definition: Definition) -> tuple[Edit, ...] | None:
        """The edits of an ordinary app, none or one; None for every other definition."""
        value = definition.value
        if (
            definition.kind != "app"
            or not value.keys().isdisjoint(_RARE)
            or OVERLAY.search(definition.text, definition.start, definition.end) is not None
            or (definition.escaped and definition.has_escapes)
        ):
            return None
        networks = value.get("networks")
        if networks is None or networks == [] or networks == _BRIDGE:
            return () if _is_calm(value, calico=False, moves=False) else None
        if type(networks) is not list or len(networks) != 1 or type(networks[0]) is not dict:
            return None
        entry = networks[0]
        name = entry.get("name")
        if len(entry) != 2 or entry.get("mode") != "container" or type(name) is not str:
            return None
        replacement = self._replacements.get(name)
        if replacement is None:
            calm = name in self._new_names and _is_calm(value, calico=True, moves=False)
            return () if calm else None
        start = definition.sole(name) if _is_calm(value, calico=True, moves=True) else -1
        if start < 0:
            return None
        after, quoted = replacement
        pointer = definition.pointer() + "/networks/0/name"
        return (Edit(start, start + len(name) + 2, quoted, _RULE, pointer, name, after),)


def _is_calm(value: Mapping[str, Any], *, calico: bool, moves: bool) -> bool:
    """Whether no rule has anything to say of an app's other members.

    ``calico`` says that the app is on Calico after the change, ``moves`` that it was not before.
    """
    if value.get("dependencies", ()) is None:
        return False
    labels = value.get("labels")
    if labels and not (type(labels) is dict and labels.keys().isdisjoint(_PACKAGE)):
        return False
    container = value.get("container")
    if container is not None:
        if type(container) is not dict or (moves and container.get("volumes")):
            return False
        docker = container.get("docker")
        if docker is not None and (
            type(docker) is not dict
            or not docker.keys().isdisjoint(_RARE_OF_DOCKER)
            or docker.get("parameters")
        ):
            return False
        ports = container.get("portMappings")
        if ports:
            if type(ports) is not list:
                return False
            for port in ports:
                if type(port) is not dict or "networkNames" in port:
                    return False
                if calico and ("hostPort" in port or port.get("labels")):
                    return False
    return not moves or _starts_anew_calmly(value)


def _starts_anew_calmly(value: Mapping[str, Any]) -> bool:
    """Whether no rule has anything to say of what an app does when it is sent to Marathon and deployed."""
    command = value.get("cmd")
    if command is not None and (type(command) is not str or len(command) < 2):
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
