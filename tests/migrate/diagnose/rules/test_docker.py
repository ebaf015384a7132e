"""Docker and UCR."""

from __future__ import annotations

import pytest

from tests.migrate.diagnose.bundles import items
from tests.migrate.diagnose.bundles.cluster import Cluster, Pool
from tests.migrate.diagnose.planting import Fault, cases, check

SUBNET = 'time="x" level=error msg="The requested subnet must match the CIDR of a configured Calico IP Pool."'


def _wiped(cluster: Cluster) -> None:
    cluster.pools[0].annotations = {}
    cluster.append(cluster.node(21), items.PLUGIN, SUBNET)


def _attach(network: str, why: str) -> str:
    return (
        "W0601 12:34:56.789012  1234 x] Failed: The CNI plugin 'mesos-cni-port-mapper' failed to attach container 0f2a"
        f" to CNI network '{network}': stdout='{{}}', stderr='{why}'"
    )


@pytest.mark.parametrize(
    "fault",
    cases(
        Fault(
            "docker-cluster-store-missing",
            lambda cluster: cluster.append(
                cluster.node(22), items.PLUGIN, "Exception: Cluster store not configured"
            ),
            (22,),
        ),
        Fault(
            "docker-cluster-store-missing",
            lambda cluster: cluster.append(
                cluster.node(22),
                items.PLUGIN,
                "Exception: ('Create calico network failed for {}', 'Error response from daemon:"
                ' This node is not a swarm manager. Use "docker swarm init"\')',
            ),
            (22,),
        ),
        Fault(
            "docker-cluster-store-missing",
            lambda cluster: cluster.append(
                cluster.node(22),
                items.PLUGIN,
                "Exception: Cluster store not configured",
                "Exception: The network should have been created by agent-3, but did not appear on time",
            ),
            (22,),
        ),
        Fault(
            "docker-too-new",
            lambda cluster: cluster.replace(cluster.node(22), "docker_--version.output", "19.03.8", "24.0.7"),
            (22,),
        ),
        Fault(
            "docker-network-not-created",
            lambda cluster: cluster.append(
                cluster.node(22),
                items.PLUGIN,
                "Exception: The network should have been created by agent-3, but did not appear on time",
            ),
            (22,),
        ),
        Fault("pool-annotation-missing", _wiped, also=("docker-subnet-not-a-pool",)),
        Fault(
            "docker-network-ambiguous",
            lambda cluster: cluster.pools.append(
                Pool("extra", "10.77.0.0/16", "Always", "Never", dict(cluster.pools[0].annotations))
            ),
        ),
        Fault(
            "docker-subnet-not-a-pool",
            lambda cluster: cluster.append(cluster.node(21), items.PLUGIN, SUBNET),
            (21,),
        ),
        Fault(
            "docker-labels-lost",
            lambda cluster: cluster.append(
                cluster.node(21),
                items.PLUGIN,
                'time="x" level=error msg="Getting labels for workloadEndpoint timed out in network'
                ' inspect loop. Took 5.09s"',
            ),
            (21,),
        ),
        Fault(
            "cni-configuration-missing",
            lambda cluster: cluster.append(
                cluster.node(21),
                items.AGENT_LOG,
                "E0601 12:34:56.789012  1234 x] Unknown CNI network 'calico'",
            ),
            (21,),
        ),
        Fault(
            "cni-attach-failed",
            lambda cluster: cluster.append(cluster.node(21), items.AGENT_LOG, _attach("calico", "boom")),
            (21,),
            evidence="boom",
        ),
        Fault(
            "launch-failures-on-one-agent",
            lambda cluster: cluster.append(
                cluster.node(21),
                items.AGENT_LOG,
                *[
                    (
                        "E0601 12:34:56.789012  1 slave.cpp:6200] Container 'x' for executor 'y' of"
                        " framework z failed to start: Failed to launch: no space left"
                    )
                ]
                * 40,
            ),
            (21,),
        ),
    ),
)
def test_it_is_found(fault: Fault) -> None:
    check(fault)
