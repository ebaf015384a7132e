"""Calico's resources as calicoctl lists them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from tests.migrate.diagnose.bundles.cluster import IPIP

if TYPE_CHECKING:
    from tests.migrate.diagnose.bundles.cluster import Cluster, Container


def lists(cluster: Cluster) -> dict[str, str]:
    """What calicoctl lists, by the kind that it is asked for."""
    nodes = []
    for node in cluster.nodes:
        bgp: dict[str, Any] = {"ipv4Address": f"{node.calico_address or node.address}/32"}
        spec: dict[str, Any] = {"bgp": bgp}
        if node.has_tunnel and cluster.mode == IPIP:
            bgp["ipv4IPIPTunnelAddr"] = cluster.tunnel(node)
        elif node.has_tunnel:
            spec["ipv4VXLANTunnelAddr"] = cluster.tunnel(node)
        nodes.append(resource("Node", node.name, spec, status={}))
    for name, address, tunnel in cluster.extra_nodes:
        spec = {"bgp": {"ipv4Address": f"{address}/32"}}
        if tunnel:
            spec["ipv4VXLANTunnelAddr"] = tunnel
        nodes.append(resource("Node", name, spec, status={}))
    pools = [
        resource(
            "IPPool",
            pool.name,
            {
                "blockSize": pool.block_size,
                "cidr": pool.cidr,
                "ipipMode": pool.ipip,
                "natOutgoing": True,
                "nodeSelector": pool.selector,
                "vxlanMode": pool.vxlan,
                **({"disabled": True} if pool.disabled else {}),
            },
            annotations=pool.annotations,
        )
        for pool in cluster.pools
    ]
    return {
        "node": _list("Node", nodes),
        "ipPool": _list("IPPool", pools),
        "profile": _list(
            "Profile", [resource("Profile", name, spec) for name, spec in cluster.profiles.items()]
        ),
        "workloadEndpoint": _list(
            "WorkloadEndpoint", [_endpoint(each) for each in cluster.containers if each.has_endpoint]
        ),
        "networkPolicy": _list("NetworkPolicy", cluster.policies),
        "globalNetworkPolicy": _list("GlobalNetworkPolicy", cluster.global_policies),
    }


def resource(kind: str, name: str, spec: dict[str, object], **more: object) -> dict[str, object]:
    """A resource as calicoctl lists it; ``more`` are its status and what else its metadata has."""
    metadata: dict[str, object] = {
        "name": name,
        "resourceVersion": "57",
        "creationTimestamp": "2020-06-01T10:00:00Z",
    }
    metadata |= {key: value for key, value in more.items() if key != "status" and value}
    status = {"status": more["status"]} if "status" in more else {}
    return {"apiVersion": "projectcalico.org/v3", "kind": kind, "metadata": metadata, "spec": spec, **status}


def _endpoint(each: Container) -> dict[str, object]:
    docker = each.runtime == "docker"
    runtime = "libnetwork" if docker else "cni"
    name = (
        f"{each.node.name}-libnetwork-libnetwork-{each.endpoint_id}"
        if docker
        else f"{each.node.name}-cni-{each.container_id.replace('-', '--')}-eth0"
    )
    spec: dict[str, object] = {
        "endpoint": each.endpoint_id if docker else "eth0",
        "interfaceName": each.interface,
        "ipNetworks": [f"{each.endpoint_address or each.address}/32"],
        "mac": "ee:ee:ee:ee:ee:ee",
        "node": each.node.name,
        "orchestrator": runtime,
        "profiles": list(each.profiles),
        **({"workload": "libnetwork"} if docker else {"containerID": each.container_id}),
    }
    labels = {
        "projectcalico.org/namespace": "default",
        "projectcalico.org/orchestrator": runtime,
        **each.labels,
    }
    return resource("WorkloadEndpoint", name, spec, namespace="default", labels=labels)


def _list(kind: str, resources: list[dict[str, object]]) -> str:
    return to_yaml(
        {"apiVersion": "projectcalico.org/v3", "items": resources, "kind": f"{kind}List",
         "metadata": {"resourceVersion": "1203"}}
    )  # fmt: skip


def to_yaml(value: Any, indent: int = 0) -> str:
    """YAML as calicoctl writes it: keys sorted, sequences not indented."""
    pad = " " * indent
    lines = []
    for key in sorted(value):
        each = value[key]
        if isinstance(each, dict) and each:
            lines.append(f"{pad}{key}:\n{to_yaml(each, indent + 2)}")
        elif isinstance(each, list) and each:
            lines.append(f"{pad}{key}:\n")
            for entry in each:
                if isinstance(entry, dict):
                    lines.append(f"{pad}- {to_yaml(entry, indent + 2)[indent + 2 :]}")
                else:
                    lines.append(f"{pad}- {_scalar(entry)}\n")
        else:
            lines.append(f"{pad}{key}: {_scalar(each)}\n")
    return "".join(lines)


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)) or value in ({}, []):
        return str(value)
    text = str(value)
    looks = not text or re.fullmatch(r"\d+(\.\d+)?|\d{4}-\d\d-\d\dT.*", text) or text[0] in "'!&*{["
    return json.dumps(text) if looks or ": " in text else text
