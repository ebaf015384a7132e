"""An app in the spelling in which Marathon stores it, from older ones that packages' templates still have.

mesosphere/marathon api/v2/AppNormalization.scala (``forDeprecated``) and raml/Apps.scala: this is done to
every whole app that is sent. What Marathon adds beside, and zeros, are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_migrate.marathon.parsed.attachments import container_runtime, docker_network, has_canonical, mode

if TYPE_CHECKING:
    from collections.abc import Mapping

_ARCHIVES = (".tgz", ".tar.gz", ".tbz2", ".tar.bz2", ".txz", ".tar.xz", ".zip")
_DEFAULT = "default"


def canonical(app: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of the app without deprecated members, with the port that Marathon gives to whoever has none."""
    result = dict(app)
    uris = result.pop("uris", None)
    if uris and not result.get("fetch"):
        result["fetch"] = [{"uri": uri, "extract": str(uri).endswith(_ARCHIVES)} for uri in uris]
    address = result.pop("ipAddress", None)
    if not has_canonical(app):
        result["networks"] = _networks(docker_network(app), address)
    container = _container(app.get("container"), address)
    _place_ports(result, container)
    if container is not None:
        result["container"] = container
    checks = result.get("readinessChecks")
    if isinstance(checks, list):
        result["readinessChecks"] = [_ready(check) for check in checks]
    return result


def _networks(docker: str | None, address: Any) -> list[dict[str, Any]]:
    """The networks that ``ipAddress`` and docker's ``network`` stand for."""
    if docker == "BRIDGE":
        return [{"mode": "container/bridge"}]
    if docker == "USER" or (docker is None and isinstance(address, dict)):
        given = address if isinstance(address, dict) else {}
        name, labels = given.get("networkName"), given.get("labels")
        named = {"name": name} if name is not None else {}
        return [{"mode": "container", **named, **({"labels": labels} if labels else {})}]
    return [{"mode": "host"}]


def _container(given: Any, address: Any) -> dict[str, Any] | None:
    """The container with its port mappings in one place."""
    if not isinstance(given, dict) and not isinstance(address, dict):
        return None
    container = dict(given) if isinstance(given, dict) else {"type": "MESOS"}
    docker = container.get("docker")
    if isinstance(docker, dict):
        if docker.get("portMappings") and not container.get("portMappings"):
            container["portMappings"] = docker["portMappings"]
        kept = {key: value for key, value in docker.items() if key not in ("network", "portMappings")}
        container["docker"] = kept
    discovery = address.get("discovery") if isinstance(address, dict) else None
    ports = discovery.get("ports") if isinstance(discovery, dict) else None
    if ports and container_runtime(container) == "ucr" and not container.get("portMappings"):
        container["portMappings"] = [
            {"containerPort": each.get("number"), **{key: each[key] for key in each if key != "number"}}
            for each in ports
            if isinstance(each, dict)
        ]
    return container


def _place_ports(result: dict[str, Any], container: dict[str, Any] | None) -> None:
    """Ports of the host stand in ``portDefinitions``, those of containers in their mappings."""
    ports = result.pop("ports", None)
    definitions = result.pop("portDefinitions", None)
    if definitions is None and ports is not None:
        definitions = [{"port": port} for port in ports]
    modes = {mode(each) for each in result["networks"] if isinstance(each, dict)}
    if "host" in modes or not modes:
        result["portDefinitions"] = [{"port": 0, "name": _DEFAULT}] if definitions is None else definitions
        if container is not None:
            container.pop("portMappings", None)
        return
    result["requirePorts"] = False
    if container is None:
        return
    mappings = list(container.get("portMappings") or [{"containerPort": 0, "name": _DEFAULT}])
    container["portMappings"] = mappings + [{}] * (len(definitions or ()) - len(mappings))


def _ready(check: Any) -> Any:
    """A readiness check with the answers that count as ready."""
    if not isinstance(check, dict) or check.get("httpStatusCodesForReady"):
        return check
    return {**check, "httpStatusCodesForReady": [200]}
