"""A plain reference implementation on the parsed document: no positions, no speed, no style.

It says what a definition must parse to after the change, written from Marathon's rules alone.
"""

from __future__ import annotations

import copy
from typing import Any

NAMES = {"dcos": "calico", "old": "calico", "backend": "front"}
DEFAULT = "dcos"


def migrate(document: Any) -> Any:
    """The document with every definition moved."""
    return _walk(copy.deepcopy(document))


def _walk(node: Any) -> Any:
    if isinstance(node, list):
        return [_walk(element) for element in node]
    if not isinstance(node, dict):
        return node
    wrappers = {"apps", "groups", "pods", "*", "queue"}
    entered = [key for key in node if key in wrappers and isinstance(node[key], list)]
    entered += [key for key in node if key in ("app", "pod") and isinstance(node[key], dict)]
    for key in entered:
        node[key] = _walk(node[key])
    own = {"networks", "ipAddress", "container", "containers", "cmd", "args"}
    if entered and not own & set(node):
        return node
    return _definition(node)


def _definition(node: dict[str, Any]) -> dict[str, Any]:
    if isinstance(node.get("run"), dict):
        _networks(node["run"], "networks")
    elif "haproxy" in node or "virtualNetworks" in node:
        _networks(node, "virtualNetworks")
    elif isinstance(node.get("spec"), dict) and ("instances" in node or "id" in node):
        _pod_or_app(node["spec"], pod=True)
    else:
        _pod_or_app(node, pod=isinstance(node.get("containers"), list))
    return node


def _pod_or_app(node: dict[str, Any], *, pod: bool) -> None:
    _networks(node, "networks")
    ports: list[dict[str, Any]] = []
    if pod:
        for container in node.get("containers") or []:
            ports += container.get("endpoints") or []
    else:
        container = node.get("container") or {}
        ports += container.get("portMappings") or []
        docker = container.get("docker") or {}
        ports += docker.get("portMappings") or []
        _deprecated(node, (docker.get("network") or "").upper())
    for port in ports:
        names = port.get("networkNames")
        if names and any(name in NAMES for name in names):
            renamed = [NAMES.get(name, name) for name in names]
            changed = {NAMES[name] for name in names if name in NAMES}
            kept: list[str] = []
            for name in renamed:
                if name not in kept or name not in changed:
                    kept.append(name)
            port["networkNames"] = kept


def _networks(node: dict[str, Any], key: str) -> None:
    entries = node.get(key)
    if not entries:
        return
    changed: set[str] = set()
    for entry in entries:
        if (entry.get("mode") or "container").lower() == "container":
            name = entry.get("name")
            new = NAMES.get(DEFAULT if name is None else name)
            if new is not None:
                entry["name"] = new
                changed.add(new)
    kept: list[dict[str, Any]] = []
    first: dict[str, dict[str, Any]] = {}
    for entry in entries:
        name = entry.get("name")
        container = (entry.get("mode") or "container").lower() == "container"
        if container and name in changed and name in first:
            for label, value in (entry.get("labels") or {}).items():
                labels = first[name].get("labels") or {}
                labels.setdefault(label, value)
                first[name]["labels"] = labels
            continue
        if container and isinstance(name, str):
            first.setdefault(name, entry)
        kept.append(entry)
    node[key] = kept


def _deprecated(node: dict[str, Any], network: str) -> None:
    address, canonical = node.get("ipAddress"), bool(node.get("networks"))
    if isinstance(address, dict):
        if network in ("BRIDGE", "HOST", "NONE"):
            return
        name = address.get("networkName")
        if name is None and canonical:
            return
        new = NAMES.get(DEFAULT if name is None else name)
        if new is not None:
            address["networkName"] = new
    elif network == "USER" and not canonical and NAMES.get(DEFAULT):
        node["ipAddress"] = {"networkName": NAMES[DEFAULT]}
