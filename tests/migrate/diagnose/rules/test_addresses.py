"""Address space, IPAM and endpoints."""

from __future__ import annotations

import pytest

from tests.migrate.diagnose.bundles import items
from tests.migrate.diagnose.bundles.cluster import Cluster
from tests.migrate.diagnose.planting import Fault, cases, check, report_of


@pytest.mark.parametrize(
    "fault",
    cases(
        Fault(
            "pool-overlaps-network",
            lambda cluster: cluster.append(
                cluster.node(24),
                "ip_addr.output",
                "99: eth1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc mq state UP group default",
                f"    inet {cluster.pool_base}.200.5/24 scope global eth1",
            ),
            (24,),
            evidence="eth1",
        ),
        Fault(
            "pool-overlaps-network",
            lambda cluster: cluster.config.update(
                dcos_overlay_network='{"overlays": [{"name": "dcos", "subnet": "172.16.0.0/12"}]}'
            ),
        ),
        Fault(
            "pool-overlaps-network",
            lambda cluster: cluster.config.update(
                dcos_l4lb_min_named_ip="172.16.0.0", dcos_l4lb_max_named_ip="172.31.255.255"
            ),
        ),
        Fault(
            "route-inside-pool",
            lambda cluster: cluster.append(
                cluster.node(24), "ip_route.output", f"{cluster.pool_base}.128.0/20 via 10.0.1.254 dev eth0"
            ),
            (24,),
        ),
        Fault(
            "pool-blocks-too-few",
            lambda cluster: cluster.set(cluster.pools[0], block_size=18),
            evidence="cidr",
        ),
        Fault(
            "pool-blocks-nearly-used",
            lambda cluster: (
                cluster.set(cluster.pools[0], block_size=20),
                [cluster.set(node, block=16 * number) for number, node in enumerate(cluster.nodes)],
                [
                    cluster.set(each, address=f"{cluster.pool_base}.{each.node.block}.{each.number + 1}")
                    for each in cluster.containers
                ],
                cluster.set(cluster.pools[0], cidr=f"{cluster.pool_base}.0.0/17"),
                cluster.config.update(calico_network_cidr=f"{cluster.pool_base}.0.0/17"),
            ),
        ),
        Fault(
            "pool-exhausted",
            lambda cluster: cluster.append(
                cluster.node(24),
                items.FELIX,
                "2020-06-01 12:34:50.001 [FATAL][1790] tunnel-ip-allocator/allocateip.go 265: Unable to autoassign an"
                ' address - pools are likely exhausted. type="vxlanTunnelAddress"',
            ),
            (24,),
            evidence="likely exhausted",
        ),
        Fault(
            "pool-exhausted",
            lambda cluster: cluster.append(
                cluster.node(24),
                items.AGENT_LOG,
                "E0601 12:34:56.789012  1234 slave.cpp:6200] Container 'x' for executor 'y' of framework z failed to start: Failed"
                " to launch: The CNI plugin 'mesos-cni-port-mapper' failed to attach container x to CNI network 'calico':"
                ' stdout=\'{"code":100,"msg":"failed to request 1 IPv4 addresses. IPAM allocated only 0"}\', stderr=\'\'',
            ),
            (24,),
        ),
        Fault(
            "endpoint-address-twice",
            lambda cluster: cluster.set(
                cluster.containers[1], endpoint_address=cluster.containers[0].address
            ),
            (21, 22),
        ),
        Fault(
            "endpoint-address-twice",
            lambda cluster: cluster.set(
                cluster.containers[-1], endpoint_address=cluster.containers[0].address
            ),
            (21,),
        ),
        Fault(
            "stale-endpoint",
            lambda cluster: cluster.change(
                cluster.node(21),
                "ip_addr.output",
                lambda text: text.replace(cluster.containers[0].interface, "cali99999999999"),
            ),
            (21,),
        ),
        Fault(
            "container-without-endpoint",
            lambda cluster: cluster.set(cluster.containers[0], has_endpoint=False),
            (21,),
            evidence="shop_web",
        ),
        Fault(
            "container-without-endpoint",
            lambda cluster: cluster.set(cluster.containers[-1], has_endpoint=False),
        ),
        Fault(
            "endpoint-outside-pools",
            lambda cluster: cluster.set(cluster.containers[0], endpoint_address="172.18.3.4"),
            (21,),
            evidence="172.18.3.4",
        ),
    ),
)
def test_it_is_found(fault: Fault) -> None:
    check(fault)


@pytest.mark.parametrize(
    "parameters",
    [
        {"dcos_l4lb_min_named_ip": "172.16.0.0", "dcos_l4lb_max_named_ip": "172.20.255.255"},
        {
            "dcos_overlay_network": '{"overlays": [{"name": "a", "subnet": "172.16.0.0/12", "enabled": false}]}'
        },
        {
            "dcos_overlay_enable": "false",
            "dcos_overlay_network": '{"overlays": [{"name": "a", "subnet": "172.16.0.0/12"}]}',
        },
    ],
    ids=["virtual addresses below", "an overlay switched off", "no overlay at all"],
)
def test_a_pool_beside_what_dcos_keeps(parameters: dict[str, str]) -> None:
    cluster = Cluster()
    cluster.config.update(parameters)
    assert "pool-overlaps-network" not in {finding.rule for finding in report_of(cluster).findings}
