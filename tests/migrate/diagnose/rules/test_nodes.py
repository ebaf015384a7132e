"""Nodes, their addresses and their tunnel addresses."""

from __future__ import annotations

import pytest

from tests.migrate.diagnose.bundles import items
from tests.migrate.diagnose.bundles.cluster import IPIP, Cluster
from tests.migrate.diagnose.planting import Fault, cases, check


def _stale(cluster: Cluster, address: str = "") -> None:
    """A Node resource whose machine is gone, and the routes to its block."""
    stranger = f"{cluster.base}.99"
    cluster.extra_nodes.append((stranger, address or stranger, f"{cluster.pool_base}.99.0"))
    if not address:
        line = f"{cluster.pool_base}.99.0/26 via {cluster.pool_base}.99.0 dev vxlan.calico onlink"
        cluster.append(None, "ip_route.output", line)


def _twice(cluster: Cluster) -> None:
    _stale(cluster, f"{cluster.base}.21")
    cluster.felix(
        cluster.node(22),
        "felix/l3_route_resolver.go 707: Some nodes share IP address, route calculation may choose wrong node."
        f' cidr={cluster.base}.21/32 nodes=[]string{{"{cluster.base}.21", "{cluster.base}.99"}}',
    )


def _public_address(cluster: Cluster) -> None:
    node = cluster.node(24)
    node.calico_name = node.calico_address = "54.1.2.3"


def _public_folder(cluster: Cluster) -> None:
    """Mesos too knows the agent by its public address."""
    node = cluster.node(24)
    node.calico_name = node.calico_address = "54.1.2.3"
    node.address = "54.1.2.3"
    cluster.replace(node, "ip_addr.output", "inet 54.1.2.3/24", f"inet {cluster.base}.24/24")


def _no_tunnel(cluster: Cluster) -> None:
    cluster.node(22).has_tunnel = False


def _exchanged(cluster: Cluster, item: str, old: str, new: str, last: int | None = None) -> Cluster:
    return cluster.replace(cluster.node(last) if last is not None else None, item, old, new)


def _renamed(cluster: Cluster) -> None:
    for master in cluster.masters:
        _exchanged(
            cluster, items.NODES, f"name: {cluster.base}.24\n", f"name: {cluster.base}.20\n", master.block
        )


def _other_tunnel(cluster: Cluster, old: str, new: str) -> None:
    for master in cluster.masters:
        _exchanged(cluster, items.NODES, f"Addr: {old}\n", f"Addr: {new}\n", master.block)


def _without(text: str, name: str) -> str:
    """A list without one of its resources."""
    head, *resources = text.partition("\nkind: ")[0].split("\n- ")
    kept = [each for each in resources if f"    name: {name}\n" not in each]
    return "\n- ".join([head, *kept]) + "\nkind: " + text.partition("\nkind: ")[2]


def _outside(cluster: Cluster) -> None:
    """The pool was replaced while Felix ran."""
    old, new = f"{cluster.pool_base}.22.0", "172.18.22.0"
    _other_tunnel(cluster, old, new)
    cluster.change(None, "ip_route.output", lambda text: text.replace(f"via {old} ", f"via {new} "))
    cluster.change(
        cluster.node(22), "ip_addr.output", lambda text: text.replace(f"inet {old}/32", f"inet {new}/32")
    )


def _shared(cluster: Cluster) -> None:
    _other_tunnel(cluster, f"{cluster.pool_base}.22.0", f"{cluster.pool_base}.21.0")


@pytest.mark.parametrize(
    "fault",
    cases(
        Fault(
            "calico-node-missing",
            lambda cluster: [
                cluster.change(master, items.NODES, lambda text: _without(text, f"{cluster.base}.24"))
                for master in cluster.masters
            ],
            (24,),
        ),
        Fault("stale-node", _stale, evidence=".99"),
        Fault("node-address-twice", _twice, (21, 99)),
        Fault(
            "node-address-twice",
            lambda cluster: cluster.extra_nodes.append(
                (f"{cluster.base}.99", f"{cluster.base}.21", cluster.tunnel(cluster.node(21)))
            ),
            (21, 99),
        ),
        Fault(
            "stale-node-blocks-start",
            lambda cluster: cluster.felix(
                cluster.node(21),
                "startup/startup.go 1010: Calico node '10.0.1.99' is already using the IPv4 address 10.0.1.21.",
            ),
            (21,),
        ),
        Fault("node-name-not-its-address", _renamed, evidence="24"),
        Fault("node-address-not-local", _public_address, (24,), evidence="54.1.2.3"),
        Fault("node-address-not-local", _public_folder, evidence="54.1.2.3"),
        Fault(
            "node-address-on-wrong-interface",
            lambda cluster: cluster.replace(cluster.node(23), "ip_addr.output", "2: eth0:", "2: br-0a1b:"),
            (23,),
        ),
        Fault(
            "detect-ip-unclear",
            lambda cluster: cluster.append(cluster.node(23), items.DETECT_IP, "172.17.0.1"),
            (23,),
        ),
        Fault(
            "detect-ip-unclear",
            lambda cluster: cluster.felix(
                cluster.node(23),
                "startup/startup.go 664: Using autodetected IPv4 address on interface docker0: 172.17.0.1/16",
                level="INFO",
            ),
            (23,),
        ),
        Fault(
            "tunnel-address-missing", _no_tunnel, (22,), also=("tunnel-device-wrong", "vxlan-route-missing")
        ),
        Fault(
            "tunnel-address-missing",
            _no_tunnel,
            (22,),
            also=("tunnel-device-wrong", "bgp-node-isolated"),
            mode=IPIP,
        ),
        Fault("tunnel-address-outside-pools", lambda cluster: _outside(cluster), (22,)),
        Fault("tunnel-address-twice", lambda cluster: _shared(cluster), (21, 22)),
        Fault(
            "tunnel-device-wrong",
            lambda cluster: _exchanged(
                cluster, "ip_addr.output", f"inet {cluster.pool_base}.22.0/32", "inet 169.254.7.7/16", 22
            ),
            (22,),
        ),
        Fault(
            "tunnel-device-wrong",
            lambda cluster: _exchanged(
                cluster,
                "ip_addr.output",
                "vxlan.calico: <BROADCAST,MULTICAST,UP,LOWER_UP>",
                "vxlan.calico: <BROADCAST,MULTICAST>",
                22,
            ),
            (22,),
        ),
        Fault(
            "tunnel-device-wrong",
            lambda cluster: cluster.felix(
                cluster.node(22),
                "felix/vxlan_mgr.go 350: Failed configure VXLAN tunnel device, retrying... error=operation not"
                " supported",
            ),
            (22,),
        ),
        Fault(
            "tunnel-mac-differs",
            lambda cluster: cluster.change(
                cluster.node(22),
                "ip_addr.output",
                lambda text: text.replace("link/ether 66:", "link/ether 02:"),
            ),
            (22,),
        ),
    ),
)
def test_it_is_found(fault: Fault) -> None:
    check(fault)
