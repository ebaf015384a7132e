"""The kernel and the host."""

from __future__ import annotations

import pytest

from tests.migrate.diagnose.bundles.cluster import IPIP, Cluster
from tests.migrate.diagnose.planting import Fault, cases, check


def _line(cluster: Cluster, last: int, item: str, old: str, new: str) -> None:
    cluster.replace(cluster.node(last), item, old, new)


FELIX_LINES = {
    "modules": 'felix/ipsets.go 686: Failed to complete ipset restore, IP sets may be out-of-sync. family="inet"'
    ' stderr="ipset v6.38: Error in line 2: Kernel error received: set type not supported\\n" stdout=""',
    "lock": "felix/lock.go 95: Failed to acquire iptables lock error=Timed out waiting for iptables 1.6 lock",
    "backend": "felix/feature_detect.go 201: Iptables backend specified does not match the detected backend, x",
    "changed": 'felix/table.go 551: Detected out-of-sync Calico chain, marking for resync chainName="cali-INPUT" x',
    "ipip": "felix/ipip_mgr.go 112: Failed to add IPIP tunnel device error=exit status 1",
    "unwanted": 'felix/vxlan_mgr.go 501: Removing unwanted IP from VXLAN device address=169.254.7.7/16 link="x"',
    "denied": "felix/endpoint_mgr.go 685: Failed to configure interface, will retry error=open /proc/sys/x: permission"
    " denied",
}


@pytest.mark.parametrize(
    "fault",
    cases(
        Fault(
            "ip-forwarding-off",
            lambda cluster: _line(cluster, 22, "sysctl_-a.output", "ip_forward = 1", "ip_forward = 0"),
            (22,),
        ),
        Fault(
            "strict-rp-filter",
            lambda cluster: cluster.change(
                cluster.node(22),
                "sysctl_-a.output",
                lambda text: text.replace("rp_filter = 2", "rp_filter = 1"),
            ),
            (22,),
        ),
        Fault(
            "strict-rp-filter",
            lambda cluster: cluster.append(
                cluster.node(22),
                "dmesg_-T.output",
                "[Mon Jun  1 12:34:56 2020] IPv4: martian source 172.29.21.5 from 172.29.22.9, on dev eth0",
            ),
            (22,),
        ),
        Fault(
            "forward-policy-drop",
            lambda cluster: _line(cluster, 22, "iptables-save.output", "-A FORWARD -j ACCEPT\n", ""),
            (22,),
        ),
        Fault(
            "calico-chains-missing",
            lambda cluster: cluster.change(
                cluster.node(22),
                "iptables-save.output",
                lambda text: "".join(row for row in text.splitlines(True) if "cali" not in row),
            ),
            (22,),
        ),
        Fault(
            "firewall-before-calico",
            lambda cluster: _line(
                cluster,
                22,
                "iptables-save.output",
                "-A FORWARD -m comment",
                "-A FORWARD -j REJECT\n-A FORWARD -m comment",
            ),
            (22,),
        ),
        Fault(
            "firewall-before-calico",
            lambda cluster: cluster.felix(cluster.node(22), *[FELIX_LINES["changed"]] * 3),
            (22,),
        ),
        Fault(
            "iptables-backends-mixed",
            lambda cluster: cluster.felix(cluster.node(22), FELIX_LINES["backend"]),
            (22,),
        ),
        Fault(
            "iptables-backends-mixed",
            lambda cluster: cluster.append(
                cluster.node(22),
                "iptables-save.output",
                "# Warning: iptables-legacy tables present, use iptables-legacy-save to see them",
            ),
            (22,),
        ),
        Fault(
            "conntrack-table-full",
            lambda cluster: cluster.append(
                cluster.node(22),
                "dmesg_-T.output",
                "[Mon Jun  1 12:34:56 2020] nf_conntrack: table full, dropping packet",
            ),
            (22,),
        ),
        Fault(
            "conntrack-nearly-full",
            lambda cluster: _line(
                cluster, 22, "sysctl_-a.output", "nf_conntrack_count = 1200", "nf_conntrack_count = 240000"
            ),
            (22,),
        ),
        Fault(
            "neighbour-table-full",
            lambda cluster: cluster.append(
                cluster.node(22),
                "dmesg_-T.output",
                "[Mon Jun  1 12:34:56 2020] neighbour: arp_cache: neighbor table overflow!",
            ),
            (22,),
        ),
        Fault(
            "kernel-module-missing",
            lambda cluster: cluster.felix(cluster.node(22), FELIX_LINES["modules"]),
            (22,),
            evidence="set type not supported",
        ),
        Fault(
            "ipip-device-refused",
            lambda cluster: cluster.felix(cluster.node(22), FELIX_LINES["ipip"]),
            (22,),
            mode=IPIP,
        ),
        Fault(
            "kernel-too-old",
            lambda cluster: _line(cluster, 22, "sysctl_-a.output", "3.10.0-1160.el7", "2.6.32-754.el6"),
            (22,),
        ),
        Fault("vip-stalls-over-vxlan", lambda cluster: cluster.set(cluster.apps[0], vip="/web:80")),
        Fault(
            "selinux-denies",
            lambda cluster: (
                cluster.felix(cluster.node(22), FELIX_LINES["denied"]),
                cluster.change(
                    cluster.node(22),
                    "sestatus.output",
                    lambda _: "SELinux status: enabled\nCurrent mode: enforcing\n",
                ),
            ),
            (22,),
        ),
        Fault(
            "clock-not-synchronised",
            lambda cluster: _line(cluster, 22, "timedatectl.output", "synchronized: yes", "synchronized: no"),
            (22,),
        ),
        Fault(
            "clock-not-synchronised",
            lambda cluster: cluster.append(
                cluster.node(22),
                "dcos-net.service",
                "Time is not synchronized / marked as bad by the kernel.",
            ),
            (22,),
        ),
        Fault(
            "clock-not-synchronised",
            lambda cluster: _line(
                cluster,
                22,
                "timedatectl.output",
                "Universal time: Mon 2020-06-01 12:34",
                "Universal time: Mon 2020-06-01 12:38",
            ),
            (22,),
        ),
        Fault("disk-nearly-full", lambda cluster: _line(cluster, 1, "df.output", "25%", "97%"), (1,)),
        Fault(
            "xtables-lock-busy",
            lambda cluster: cluster.felix(cluster.node(22), FELIX_LINES["lock"], level="PANIC"),
            (22,),
        ),
        Fault(
            "networkmanager-may-interfere",
            lambda cluster: cluster.append(
                cluster.node(22),
                "ps_aux_ww_Z.output",
                "-  root  99  0.0  0.1  128000 6000 ?  Ss  May01  0:10 /usr/sbin/NetworkManager --no-daemon",
            ),
            (22,),
        ),
        Fault(
            "networkmanager-may-interfere",
            lambda cluster: cluster.felix(cluster.node(22), FELIX_LINES["unwanted"]),
            (22,),
        ),
    ),
)
def test_it_is_found(fault: Fault) -> None:
    check(fault)
