"""etcd, Calico's datastore."""

from __future__ import annotations

import pytest

from tests.migrate.diagnose.bundles import items
from tests.migrate.diagnose.bundles.cluster import Cluster
from tests.migrate.diagnose.planting import Fault, cases, check


def _lost(cluster: Cluster, *masters: int) -> None:
    for last in masters:
        for item in (*items.LISTS, items.NODE_STATUS, items.ETCD):
            cluster.fail(cluster.node(last), item)


def _other_member(cluster: Cluster) -> None:
    cluster.etcd_members["etcd-10.0.1.9"] = "10.0.1.9"


@pytest.mark.parametrize(
    "fault",
    cases(
        Fault("etcd-no-quorum", lambda cluster: _lost(cluster, 1, 2, 3), (1, 2, 3)),
        Fault("etcd-no-quorum", lambda cluster: _lost(cluster, 1, 2, 3), (1, 2, 3), form="legacy"),
        Fault("etcd-no-quorum", lambda cluster: _lost(cluster, 2, 3), (2, 3)),
        Fault("etcd-member-down", lambda cluster: _lost(cluster, 2), (2,)),
        Fault("etcd-member-down", lambda cluster: cluster.fail(cluster.node(2), items.ETCD), (2,)),
        Fault("etcd-members-differ", _other_member, evidence="10.0.1.9"),
        Fault(
            "etcd-members-differ",
            lambda cluster: cluster.change(
                cluster.node(3),
                items.ETCD,
                lambda text: text.replace(f"https://{cluster.base}.2:", "https://10.9.9.9:"),
            ),
            (3,),
        ),
        Fault(
            "etcd-out-of-space",
            lambda cluster: cluster.append(
                cluster.node(1), "dcos-etcd.service", "alarm NOSPACE raised by peer e979f4ae0e676f57"
            ),
            (1,),
            evidence="NOSPACE",
        ),
        Fault(
            "etcd-out-of-space",
            lambda cluster: cluster.felix(
                cluster.node(21),
                "startup/startup.go 217: Unable to set node resource configuration error=etcdserver: mvcc:"
                " database space exceeded",
            ),
            (21,),
        ),
        Fault(
            "etcd-slow",
            lambda cluster: cluster.append(
                cluster.node(1),
                "dcos-etcd.service",
                *["raft INFO: 377c8fa8 is starting a new election at term 26"] * 5,
            ),
            (1,),
        ),
        Fault(
            "etcd-certificate-refused",
            lambda cluster: cluster.felix(
                cluster.node(24), "x: x509: certificate has expired or is not yet valid", level="ERROR"
            ),
            (24,),
        ),
        Fault(
            "datastore-unreachable",
            lambda cluster: cluster.felix(
                cluster.node(24),
                "felix/daemon.go 223: Failed to create datastore client error=dial tcp: lookup"
                " master.dcos.thisdcos.directory: no such host",
                level="ERROR",
            ),
            (24,),
            evidence="no such host",
        ),
        Fault(
            "datastore-not-ready",
            lambda cluster: cluster.append(
                cluster.node(21),
                items.AGENT_LOG,
                "E0601 12:34:56.789012  1234 x] The CNI plugin 'p' failed to attach container c"
                " to CNI network 'calico': stdout='{\"msg\":\"Calico is currently not ready to process requests\"}', stderr=''",
            ),
            (21,),
        ),
    ),
)
def test_it_is_found(fault: Fault) -> None:
    check(fault)
