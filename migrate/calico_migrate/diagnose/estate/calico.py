"""Calico's resources as values: nodes, pools, endpoints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from calico_config.facts import known_ranges
from calico_core.addresses import parse_address
from calico_migrate.diagnose.parsing.nets import Net, parse_net

if TYPE_CHECKING:
    from calico_migrate.diagnose.parsing.resources import Resource

DEFAULT_POOL = known_ranges.DEFAULT_POOL


class CalicoNode(NamedTuple):
    """A Node resource: its address without the mask, and its tunnel addresses, empty where it has none."""

    name: str
    address: str
    vxlan: str
    ipip: str
    vxlan_mac: str
    resource: Resource

    def tunnel(self, mode: str) -> str:
        """Its tunnel address of an encapsulation, ``vxlan`` or ``ipip``."""
        return self.ipip if mode == "ipip" else self.vxlan


class Pool(NamedTuple):
    """An IPv4 pool. ``mode`` is ``vxlan``, ``ipip``, ``none``, or ``both``, which Calico refuses."""

    name: str
    net: Net
    block_size: int
    mode: str
    disabled: bool
    selector: str
    annotations: dict[str, str]
    resource: Resource

    @property
    def blocks(self) -> int:
        """How many blocks it has."""
        return 1 << max(self.block_size - self.net.prefix, 0)

    @property
    def for_all_nodes(self) -> bool:
        """Whether every node may take addresses of it."""
        return self.selector.strip() in ("", "all()")


class Endpoint(NamedTuple):
    """A WorkloadEndpoint; ``runtime`` is ``ucr`` or ``docker``."""

    name: str
    node: str
    interface: str
    addresses: tuple[str, ...]
    profiles: tuple[str, ...]
    labels: dict[str, str]
    runtime: str
    container: str
    resource: Resource


def calico_node(resource: Resource) -> CalicoNode:
    """A Node resource as a value."""
    bgp = _dict(resource.spec.get("bgp"))
    return CalicoNode(
        resource.name,
        str(bgp.get("ipv4Address") or "").partition("/")[0],
        str(resource.spec.get("ipv4VXLANTunnelAddr") or ""),
        str(bgp.get("ipv4IPIPTunnelAddr") or ""),
        str(resource.spec.get("vxlanTunnelMACAddr") or ""),
        resource,
    )


def pool_value(resource: Resource) -> Pool | None:
    """An IPPool as a value, None for one of IPv6 or without a net."""
    spec = resource.spec
    net = parse_net(str(spec.get("cidr", "")))
    if net is None:
        return None
    size = str(spec.get("blockSize", "26"))
    modes = [
        name
        for name, key in (("vxlan", "vxlanMode"), ("ipip", "ipipMode"))
        if spec.get(key) in ("Always", "CrossSubnet")
    ]
    return Pool(
        resource.name,
        net,
        int(size) if size.isdigit() and int(size) <= 32 else 26,
        "both" if len(modes) > 1 else (modes or ["none"])[0],
        str(spec.get("disabled", "false")).lower() == "true",
        str(spec.get("nodeSelector", "")),
        resource.annotations,
        resource,
    )


def endpoint_value(resource: Resource) -> Endpoint:
    """A WorkloadEndpoint as a value."""
    spec = resource.spec
    docker = spec.get("orchestrator") == "libnetwork" or spec.get("workload") == "libnetwork"
    return Endpoint(
        resource.name,
        str(spec.get("node", "")),
        str(spec.get("interfaceName", "")),
        tuple(
            text
            for net in _list(spec.get("ipNetworks"))
            if parse_address(text := str(net).partition("/")[0]) is not None
        ),
        tuple(str(profile) for profile in _list(spec.get("profiles"))),
        resource.labels,
        "docker" if docker else "ucr",
        str(spec.get("containerID") or ""),
        resource,
    )


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
