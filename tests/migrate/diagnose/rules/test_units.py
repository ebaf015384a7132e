"""Units and processes."""

from __future__ import annotations

import pytest

from tests.migrate.diagnose.bundles import items
from tests.migrate.diagnose.bundles.cluster import IPIP, Cluster
from tests.migrate.diagnose.planting import Fault, cases, check


def _unlisted(cluster: Cluster, last: int, unit: str) -> None:
    """The unit is stopped; the health report goes on calling it healthy."""
    cluster.change(
        cluster.node(last),
        items.SYSTEMCTL,
        lambda text: "".join(row for row in text.splitlines(True) if f" {unit}.service" not in row),
    )


def _felix_stops_on_a_master(cluster: Cluster) -> None:
    _unlisted(cluster, 1, "dcos-calico-felix")
    cluster.fail(cluster.node(1), items.NODE_STATUS)


def _crash_loop(cluster: Cluster) -> None:
    for minute in range(12):
        cluster.append(
            cluster.node(22),
            items.FELIX,
            "+ /opt/mesosphere/bin/calico-node -felix",
            "2020-06-01 12:34:56.788 [PANIC][1834] felix/table.go 880: Failed to program iptables, giving up after"
            ' retries error=exit status 1 ipVersion=0x4 table="filter"',
            stamp=f"2020-06-01 12:{20 + minute}:00",
        )


def _hung(cluster: Cluster) -> None:
    cluster.replace(cluster.node(21), items.FELIX, "2020-06-01 12:34:56.1", "2020-06-01 11:47:00.1")


@pytest.mark.parametrize(
    "fault",
    cases(
        Fault("felix-not-running", lambda cluster: _unlisted(cluster, 22, "dcos-calico-felix"), (22,)),
        Fault("felix-not-running", _felix_stops_on_a_master, (1,)),
        Fault("felix-not-running", lambda cluster: cluster.fail(cluster.node(2), items.NODE_STATUS), (2,)),
        Fault(
            "felix-not-running",
            lambda cluster: cluster.replace(
                cluster.node(22),
                items.SYSTEMCTL,
                "dcos-calico-felix.service                loaded active running",
                "dcos-calico-felix.service loaded failed failed",
            ),
            (22,),
            evidence="failed",
        ),
        Fault(
            "libnetwork-plugin-not-running",
            lambda cluster: _unlisted(cluster, 31, "dcos-calico-libnetwork-plugin"),
            (31,),
        ),
        Fault(
            "bgp-not-running", lambda cluster: _unlisted(cluster, 23, "dcos-calico-bird"), (23,), mode=IPIP
        ),
        Fault(
            "bgp-not-running",
            lambda cluster: cluster.append(
                cluster.node(23),
                "dcos-calico-confd.service",
                'x [ERROR][1] confd/resource.go 292: Error from checkcmd "bird -p": "line 7: syntax error"',
            ),
            (23,),
            mode=IPIP,
        ),
        Fault(
            "bird-runs-with-vxlan",
            lambda cluster: cluster.change(
                cluster.node(24),
                items.SYSTEMCTL,
                lambda text: text.replace(
                    "\n\nLOAD", "\n  dcos-calico-bird.service loaded active running BIRD\n\nLOAD"
                ),
            ),
            (24,),
        ),
        Fault("etcd-not-running", lambda cluster: _unlisted(cluster, 3, "dcos-etcd"), (3,)),
        Fault("felix-crash-loop", _crash_loop, (22,), also=("kernel-module-missing",)),
        Fault(
            "felix-crash-loop",
            lambda cluster: cluster.felix(
                cluster.node(22),
                'felix/config_params.go 398: Invalid (required) config value. error=x param="VXLANPort"',
            ),
            (22,),
        ),
        Fault("felix-hung", _hung, (21,), evidence="msecToApply"),
        Fault("dcos-net-not-running", lambda cluster: _unlisted(cluster, 21, "dcos-net"), (21,)),
        Fault(
            "dcos-net-not-running",
            lambda cluster: _unlisted(cluster, 21, "dcos-net"),
            (21,),
            release="1.13.9",
        ),
        Fault(
            "second-network-daemon",
            lambda cluster: cluster.append(
                cluster.node(21),
                "ps_aux_ww_Z.output",
                "-  root  99  0.0  0.1  128000 6000 ?  Ss  May01  0:10 /usr/bin/flanneld -iface eth0",
            ),
            (21,),
            evidence="flanneld",
        ),
        Fault(
            "second-network-daemon",
            lambda cluster: cluster.append(
                cluster.node(21), items.BIRD, "bird: I found another BIRD running."
            ),
            (21,),
            mode=IPIP,
        ),
    ),
)
def test_it_is_found(fault: Fault) -> None:
    check(fault)
