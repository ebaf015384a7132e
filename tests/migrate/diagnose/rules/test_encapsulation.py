"""Tunnels, routes, MTU."""

from __future__ import annotations

import pytest

from tests.migrate.diagnose.bundles import items
from tests.migrate.diagnose.bundles.cluster import IPIP, Cluster, Pool
from tests.migrate.diagnose.planting import Fault, cases, check


def _without(cluster: Cluster, last: int, item: str, part: str) -> None:
    cluster.change(
        cluster.node(last),
        item,
        lambda text: "".join(row for row in text.splitlines(True) if part not in row),
    )


def _bird_down(cluster: Cluster) -> None:
    """A node without BIRD: no route there, and none to it."""
    node = cluster.node(22)
    cluster.change(
        node, items.SYSTEMCTL, lambda text: text.replace("dcos-calico-bird.service ", "x.service ")
    )
    cluster.down_pairs = {
        frozenset((node.address, each.address)) for each in cluster.nodes if each is not node
    }


def _pair_down(cluster: Cluster) -> None:
    """The one side waits, the other says why."""
    one, other = cluster.node(21), cluster.node(23)
    cluster.down_pairs.add(frozenset((one.address, other.address)))
    peer = f"Mesh_{other.address.replace('.', '_')}"
    cluster.append(one, items.BIRD, f"bird: {peer}: State changed to start")
    peer = f"Mesh_{one.address.replace('.', '_')}"
    cluster.append(
        other, items.BIRD, f"bird: {peer}: Error: Hold timer expired", f"bird: {peer}: State changed to start"
    )


def _all_down(cluster: Cluster) -> None:
    cluster.down_pairs = {
        frozenset((a.address, b.address)) for a in cluster.nodes for b in cluster.nodes if a is not b
    }


@pytest.mark.parametrize(
    "fault",
    cases(
        Fault(
            "pool-encapsulation-wrong",
            lambda cluster: cluster.pools.append(Pool("extra", "10.77.0.0/16", "Never", "Never")),
            evidence="vxlanMode: Never",
        ),
        Fault(
            "config-not-in-effect",
            lambda cluster: cluster.config.update(calico_network_cidr="172.20.0.0/16"),
            evidence="172.20.0.0/16",
        ),
        Fault("config-not-in-effect", lambda cluster: cluster.config.update(calico_vxlan_enabled="false")),
        Fault(
            "vxlan-route-missing",
            lambda cluster: _without(cluster, 21, "ip_route.output", f"{cluster.pool_base}.22.0/26"),
            (21, 22),
            evidence=".22",
        ),
        Fault(
            "vxlan-peer-missing",
            lambda cluster: _without(cluster, 21, "ipset_list.output", f"{cluster.base}.22"),
            (21, 22),
        ),
        Fault("bgp-pair-down", _pair_down, (21, 23), mode=IPIP, evidence="Hold timer expired"),
        Fault("bgp-node-isolated", _bird_down, (22,), also=("bgp-not-running",), mode=IPIP),
        Fault("bgp-down-everywhere", _all_down, mode=IPIP),
        Fault(
            "block-claimed-twice",
            lambda cluster: cluster.replace(
                cluster.node(24),
                "ip_route.output",
                f"{cluster.pool_base}.22.0/26 via {cluster.pool_base}.22.0",
                f"{cluster.pool_base}.22.0/26 via {cluster.pool_base}.23.0",
            ),
            (22, 23),
            also=("vxlan-route-missing",),
        ),
        Fault(
            "borrowed-address",
            lambda cluster: cluster.set(cluster.containers[0], address=f"{cluster.pool_base}.24.60"),
            (21,),
        ),
        Fault(
            "borrowed-address",
            lambda cluster: cluster.felix(
                cluster.node(21),
                "felix/l3_route_resolver.go 458: Unable to create route for IP; the node it belongs to was not"
                " recorded in IPAM IP=172.29.22.9",
            ),
            (21,),
        ),
        Fault(
            "tunnel-mtu-too-large",
            lambda cluster: cluster.set(cluster.node(22), nic_mtu=1400),
            (22,),
            evidence="mtu 1400",
        ),
        Fault(
            "tunnel-mtu-too-large",
            lambda cluster: cluster.set(cluster.node(22), nic_mtu=1400),
            (22,),
            mode=IPIP,
        ),
        Fault("container-mtu-above-tunnel", lambda cluster: None, evidence="mtu 1500"),
        Fault("tunnel-mtu-differs", lambda cluster: cluster.set(cluster.node(22), tunnel_mtu=1400), (22,)),
        Fault(
            "vxlan-vni-taken", lambda cluster: cluster.config.update(calico_vxlan_vni="1024"), evidence="1024"
        ),
        Fault(
            "vxlan-vni-taken",
            lambda cluster: cluster.felix(
                cluster.node(22),
                "felix/vxlan_mgr.go 363: Failed configure VXLAN tunnel device, retrying... error=can't locate"
                " created vxlan device vxlan.calico",
            ),
            (22,),
        ),
        Fault("vxlan-port-of-the-overlay", lambda cluster: None, evidence="--dports 64000"),
        Fault(
            "vxlan-port-differs",
            lambda cluster: cluster.replace(
                cluster.node(22), "iptables-save.output", "--dports 64000", "--dports 4789"
            ),
            (22,),
        ),
        Fault(
            "ipip-in-azure",
            lambda cluster: cluster.replace(
                cluster.node(1), "proc/cmdline", "3.10.0-1160.el7.x86_64", "5.4.0-1031-azure"
            ),
            mode=IPIP,
            evidence="azure",
        ),
    ),
)
def test_it_is_found(fault: Fault) -> None:
    check(fault)
