"""The backends of an Edge-LB pool that are reached at their agent's address.

DC/OS documentation, Edge-LB, Pool configuration reference: ``haproxy.backends[].services[].endpoint.type`` of
V2, ``haproxy.backends[].servers[].type`` of V1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from calico_core.json.pointers import Path

AGENT_ADDRESS = "AGENT_IP"


class Backend(NamedTuple):
    """A service or server of a pool: its path, that of its address type, and the app that it stands for."""

    service: Path
    path: Path
    app: str


def backends_at_agents(pool: Mapping[str, Any]) -> Iterator[Backend]:
    """The apps of Marathon that a pool reaches at their agents' addresses, and so by their host ports."""
    proxy = pool.get("haproxy")
    for path, backend in _listed(
        proxy.get("backends") if isinstance(proxy, dict) else None, ("haproxy", "backends")
    ):
        for at, service in _listed(backend.get("services"), (*path, "services")):
            endpoint, marathon = service.get("endpoint"), service.get("marathon")
            if (
                isinstance(endpoint, dict)
                and endpoint.get("type") == AGENT_ADDRESS
                and isinstance(marathon, dict)
            ):
                app = marathon.get("serviceID")
                if isinstance(app, str):
                    yield Backend(at, (*at, "endpoint", "type"), absolute(app))
        for at, server in _listed(backend.get("servers"), (*path, "servers")):
            framework, task = server.get("framework"), server.get("task")
            if (
                server.get("type") == AGENT_ADDRESS
                and isinstance(framework, dict)
                and framework.get("value") == "marathon"
                and isinstance(task, dict)
                and isinstance(task.get("value"), str)
            ):
                yield Backend(at, (*at, "type"), absolute(task["value"]))


def absolute(app: str) -> str:
    """An app's id with its first slash, which pools and files may leave out."""
    return app if app.startswith("/") else f"/{app}"


def _listed(value: object, path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    if isinstance(value, list):
        for index, each in enumerate(value):
            if isinstance(each, dict):
                yield (*path, index), each
