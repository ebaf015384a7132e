"""Small clusters for the tests of flows between workloads."""

from __future__ import annotations

import json
from typing import Any

from calico_migrate.policy.cluster.model import Model, compile_resources
from calico_migrate.policy.cluster.site import Site, default_site
from calico_migrate.policy.cluster.workloads import read_workloads


def app(
    identity: str,
    labels: dict[str, str] | None = None,
    *,
    network: str | None = "calico",
    docker: bool = False,
    ports: tuple[int, ...] = (80,),
    vip: str | None = None,
    protocol: str = "tcp",
) -> dict[str, Any]:
    """An app; without a network it is on the host."""
    mappings = [
        {"containerPort": port, "protocol": protocol, **({"labels": {"VIP_0": vip}} if vip else {})}
        for port in ports
    ]
    container: dict[str, Any] = {"type": "DOCKER" if docker else "MESOS", "portMappings": mappings}
    definition: dict[str, Any] = {"id": identity, "cmd": "x", "container": container}
    if network is None:
        return {"id": identity, "cmd": "x", "portDefinitions": [{"port": port} for port in ports]}
    definition["networks"] = [{"mode": "container", "name": network}]
    if docker:
        container["docker"] = {
            "image": "x",
            "parameters": [
                {"key": "label", "value": f"org.projectcalico.label.{key}={value}"}
                for key, value in (labels or {}).items()
            ],
        }
    elif labels:
        definition["networks"][0]["labels"] = labels
    return definition


def policy(name: str, selector: str, kind: str = "NetworkPolicy", **spec: Any) -> dict[str, Any]:
    """A policy."""
    return {"kind": kind, "metadata": {"name": name}, "spec": {"selector": selector, **spec}}


def address_set(kind: str, name: str, labels: dict[str, str], *nets: str, **metadata: str) -> dict[str, Any]:
    """A NetworkSet, GlobalNetworkSet or HostEndpoint; a HostEndpoint's nets are its expected addresses."""
    spec: dict[str, Any] = {"nets": list(nets)}
    if kind == "HostEndpoint":
        spec = {"node": name, "interfaceName": "eth0", "expectedIPs": list(nets)}
    return {"kind": kind, "metadata": {"name": name, "labels": labels, **metadata}, "spec": spec}


def cluster(apps: list[dict[str, Any]], documents: list[dict[str, Any]], site: Site | None = None) -> Model:
    """A model of some apps and resources."""
    workloads, _ = read_workloads(json.dumps(apps), "apps.json")
    return Model(compile_resources(documents), workloads, site or default_site())
