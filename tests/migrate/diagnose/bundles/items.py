"""The items of a node, as texts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.migrate.diagnose.bundles import resources, system
from tests.migrate.diagnose.bundles.answers import app_of, container_of, tasks_of
from tests.migrate.diagnose.bundles.cluster import IPIP

if TYPE_CHECKING:
    from tests.migrate.diagnose.bundles.cluster import Cluster, Node

UNITS = {
    "master": ("dcos-net", "dcos-mesos-master", "dcos-marathon", "dcos-diagnostics"),
    "agent": ("dcos-net", "dcos-mesos-slave", "dcos-diagnostics"),
}
FILLERS = {
    "master": [
        "5050-__processes__.json",
        "5050-master_flags.json",
        "5050-master_frameworks.json",
        "5050-master_roles.json",
        "5050-master_maintenance_schedule.json",
        "5050-master_maintenance_status.json",
        "5050-master_state-summary.json",
        "5050-master_tasks.json",
        "5050-metrics_snapshot.json",
        "5050-quota.json",
        "5050-registrar_1__registry.json",
        "5050-system_stats_json.json",
        "5050-version.json",
        "8080-metrics.json",
        "8080-v2_deployments.json",
        "8080-v2_groups.json",
        "8080-v2_info.json",
        "8080-v2_leader.json",
        "8080-v2_queue.json",
        "8080-v2_tasks.json",
        "8123-v1_config.json",
        "8123-v1_version.json",
        "8181-exhibitor_v1_cluster_list.json",
        "8181-exhibitor_v1_cluster_log.json",
        "8181-exhibitor_v1_cluster_state.json",
        "8181-exhibitor_v1_cluster_status.json",
        "8181-exhibitor_v1_config_get-state.json",
        "dcos-adminrouter.service",
        "dcos-bouncer-migrate-users.service",
        "dcos-cockroach.service",
        "dcos-cockroachdb-config-change.service",
        "dcos-cockroachdb-config-change.timer",
        "dcos-cosmos.service",
        "dcos-diagnostics-mesos-state.service",
        "dcos-diagnostics-mesos-state.timer",
        "dcos-exhibitor.service",
        "dcos-log-master.service",
        "dcos-log-master.socket",
        "dcos-logrotate-master.service",
        "dcos-logrotate-master.timer",
        "dcos-marathon.service",
        "dcos-mesos-dns.service",
        "dcos-mesos-master.service",
        "dcos-metronome.service",
        "dcos-ui-update-service.service",
        "dcos-ui-update-service.socket",
        "var/lib/dcos/exhibitor/conf/zoo.cfg",
        "var/lib/dcos/exhibitor/zookeeper/snapshot/myid",
        "var/lib/dcos/mesos/log/mesos-master.log",
    ],
    "agent": [
        "5051-__processes__.json",
        "5051-flags.json",
        "5051-metrics_snapshot.json",
        "5051-system_stats_json.json",
        "5051-state.json",
        "dcos-docker-gc.service",
        "dcos-docker-gc.timer",
        "dcos-log-agent.service",
        "dcos-log-agent.socket",
        "dcos-logrotate-agent.service",
        "dcos-logrotate-agent.timer",
        "dcos-rexray.service",
    ],
    "all": [
        "dcos-checks-api.service",
        "dcos-checks-api.socket",
        "dcos-checks-poststart.service",
        "dcos-checks-poststart.timer",
        "dcos-diagnostics.service",
        "dcos-diagnostics.socket",
        "dcos-fluent-bit.service",
        "dcos-gen-resolvconf.service",
        "dcos-gen-resolvconf.timer",
        "dcos-net-watchdog.service",
        "dcos-pkgpanda-api.service",
        "dcos-telegraf.service",
        "dcos-telegraf.socket",
        "etc/resolv.conf",
        "ip6tables-save.output",
        "proc/cpuinfo",
        "proc/meminfo",
        "proc/net/fib_trie",
        "proc/net/ip_vs",
        "proc/net/ip_vs_conn",
        "proc/self/mountinfo",
    ],
}
CURL = "optmesospherebincurl_-s_-S_http:localhost:62080v1"
RELEASE_FILE = "binsh_-c_cat etc*-release.output"
FELIX, PLUGIN, BIRD = (
    "dcos-calico-felix.service",
    "dcos-calico-libnetwork-plugin.service",
    "dcos-calico-bird.service",
)
CALICOCTL = "optmesospherebincalicoctl_"
_LIST = f"{CALICOCTL}get_{{}}_-o_yaml.output"
NODES, POOLS, PROFILES, ENDPOINTS, POLICIES, GLOBAL_POLICIES = (
    _LIST.format(kind)
    for kind in ("node", "ipPool", "profile", "workloadEndpoint", "networkPolicy", "globalNetworkPolicy")
)
LISTS = (NODES, POOLS, PROFILES, ENDPOINTS, POLICIES, GLOBAL_POLICIES)
NODE_STATUS = f"{CALICOCTL}node_status.output"
ETCD = "optmesospherebindcos-shell_dcos-etcdctl_diagnostic.output"
SYSTEMCTL = "systemctl_list-units_dcos*.output"
DETECT_IP = "optmesospherebindetect_ip.output"
CONFIG = "opt/mesosphere/etc/expanded.config.json"
AGENT_LOG = "var/log/mesos/mesos-agent.log"


def items_of(cluster: Cluster, node: Node) -> dict[str, str]:
    """Every item of a node, by name."""
    stamp = f"{cluster.collected}.1 +0000 UTC"
    role = "master" if node.is_master else "agent"
    found = dict.fromkeys((*FILLERS[role], *FILLERS["all"]), "")
    found.update({name: "{}" for name in found if name.endswith(".json")})
    for name in ("default", "dns", "lashup", "mesos_listener"):
        found[f"{CURL}metrics{name}.output"] = "# no metrics\n"
    if cluster.release >= "2.0":
        found |= {f"{CURL}metrics{name}.output": "# no metrics\n" for name in ("l4lb", "overlay")}
    found |= {f"{CURL}records.output": "[]", f"{CURL}vips.output": "[]"}
    found[RELEASE_FILE] = 'NAME="CentOS Linux"\nVERSION_ID="7"\n'
    unit = {"master": "master", "agent": "slave", "agent_public": "slave-public"}[node.role]
    found[
        f"binsh_-c_cat proc`systemctl show dcos-mesos-{unit}.service -p MainPID| cut -d'=' -f2`environ.output"
    ] = "A=1\0"
    found |= {
        "ip_addr.output": system.ip_addr(cluster, node),
        "ip_route.output": system.ip_route(cluster, node),
        "iptables-save.output": system.iptables(cluster, node),
        "ipset_list.output": system.ipset(cluster, node),
        "sysctl_-a.output": system.sysctl(cluster),
        "dmesg_-T.output": "[Mon Jun  1 12:00:00 2020] IPv6: ADDRCONF(NETDEV_UP): eth0: link is not ready\n",
        "timedatectl.output": (
            "      Local time: Mon 2020-06-01 12:34:56 UTC\n"
            f"  Universal time: Mon {cluster.collected} UTC\n"
            "NTP synchronized: yes\n"
        ),
        "sestatus.output": "SELinux status:                 disabled\n",
        "ps_aux_ww_Z.output": (
            "LABEL                           USER       PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n"
            "-                               root         1  0.0  0.1 128000  6000 ?        Ss   May01   0:10 /sbin/init\n"
            + (
                "-                               root      1834  1.0  0.5 900000 60000 ?        Ssl  May01  10:10"
                " /opt/mesosphere/bin/calico-node -felix\n"
                if cluster.has_calico
                else ""
            )
        ),
        "proc/cmdline": "BOOT_IMAGE=/boot/vmlinuz-3.10.0-1160.el7.x86_64 root=/dev/xvda1 ro\n",
        "var/lib/dcos/cluster-id": "8d3e1f5a-7b52-4c59-9b4a-2f6a0c3d5e77",
        "opt/mesosphere/etc/dcos-version.json": json.dumps(
            {"version": cluster.release, "dcos-variant": "open"}
        ),
        "opt/mesosphere/active.buildinfo.full.json": json.dumps(
            {"calico": {"package": {"version": "v3.14.0"}}} if cluster.release >= "2.1" else {"mesos": {}}
        ),
        CONFIG: json.dumps({**cluster.config, "dcos_version": cluster.release}),
        "opt/mesosphere/etc/user.config.yaml": "cluster_name: shop\nsuperuser_password_hash: '********'\n",
        DETECT_IP: f"{node.calico_address or node.address}\n",
        "dcos-net.service": f"{stamp} Time is in sync!\n",
    }
    units = list(UNITS[role])
    if cluster.has_calico:
        units += ["dcos-calico-felix"]
        units += ["dcos-etcd"] if node.is_master else ["dcos-calico-libnetwork-plugin"]
        units += ["dcos-calico-bird", "dcos-calico-confd"] if cluster.mode == IPIP else []
    found[SYSTEMCTL] = system.systemctl(units)
    found["dcos-diagnostics-health.json"] = json.dumps(
        {
            "units": [{"id": f"{name}.service", "health": 0, "output": ""} for name in units],
            "hostname": node.address.replace(".", "-"),
            "ip": node.address,
            "dcos_version": cluster.release,
            "node_role": node.role,
        }
    )
    found |= _of_masters(cluster, node) if node.is_master else _of_agents(cluster, node)
    if cluster.release >= "2.1":
        found |= _of_calico(cluster, node, stamp)
    return found


def _of_masters(cluster: Cluster, node: Node) -> dict[str, str]:
    agents = [{"id": f"S{each.block}", "pid": f"slave(1)@{each.address}:5051", "hostname": each.address, "active": True}
              for each in cluster.agents]  # fmt: skip
    extra = {} if cluster.release.startswith("2.0") else {"8080-v2_pods___status.json": "[]"}
    if cluster.release < "2.1":
        extra["dcos-history.service"] = ""
    return {
        **extra,
        "8080-v2_apps.json": json.dumps({"apps": [app_of(app) for app in cluster.apps]}),
        "8080-v2_pods.json": "[]",
        "9000-v1_jobs.json": json.dumps([{"id": "nightly", "run": {"cmd": "true", "cpus": 0.1, "mem": 32}}]),
        "5050-master_state.json": json.dumps({"slaves": agents, "frameworks": [
            {"id": "F1", "name": "marathon", "tasks": list(tasks_of(cluster))}]}),
        "5050-master_slaves.json": json.dumps({"slaves": agents}),
        "5050-overlay-master_state.json": "{}",
    }  # fmt: skip


def _of_agents(cluster: Cluster, node: Node) -> dict[str, str]:
    overlay = {
        "info": {"name": "dcos", "subnet": "9.0.0.0/8", "prefix": 24},
        "state": {"status": "STATUS_OK"},
    }
    slave = "dcos-mesos-slave-public" if node.role == "agent_public" else "dcos-mesos-slave"
    return {
        "5051-containers.json": json.dumps(
            [container_of(each) for each in cluster.containers if each.node is node]
        ),
        "5051-overlay-agent_overlay.json": json.dumps({"ip": f"{node.address}:5051", "overlays": [overlay]}),
        "docker_--version.output": "Docker version 19.03.8, build afacb8b\n",
        "docker_ps.output": "CONTAINER ID        IMAGE\n",
        AGENT_LOG: f"I0601 12:34:50.000000  1234 slave.cpp:100] Agent started on {node.address}\n",
        **({"5051-containerizer_debug.json": "{}"} if cluster.release >= "2.0" else {}),
        f"{slave}.service": "",
        **({f"{slave}.socket": ""} if cluster.release >= "2.1" else {}),
    }


def _of_calico(cluster: Cluster, node: Node, stamp: str) -> dict[str, str]:
    """Journals are there in any case, and empty where Calico is off."""
    on = cluster.has_calico
    felix = (
        f"{cluster.collected[:11]}11:00:00.1 +0000 UTC + /opt/mesosphere/bin/calico-node -felix\n"
        f"{cluster.collected[:11]}11:00:05.1 +0000 UTC 2020-06-01 11:00:05.100 [INFO][1834] felix/int_dataplane.go 1236:"
        " Completed first update to dataplane. secsSinceStart=2.3\n"
        f"{stamp} 2020-06-01 12:34:56.100 [INFO][1834] felix/int_dataplane.go 1228: Finished applying updates to"
        " dataplane. msecToApply=12.5\n"
    )
    found = {
        "df.output": "Filesystem      Size  Used Avail Use% Mounted on\n/dev/xvda1       80G   20G   60G  25% /\n"
    }
    found |= {FELIX: felix if on else "", BIRD: "", "dcos-calico-confd.service": ""}
    if on and cluster.mode == IPIP:
        peers = [other.address.replace(".", "_") for other in cluster.nodes if other is not node]
        lines = ["bird: Started", *(f"bird: Mesh_{peer}: State changed to up" for peer in peers)]
        found[BIRD] = "".join(f"{stamp} {line}\n" for line in lines)
    if not node.is_master:
        made = f"{stamp} calico docker is created, name:calico, subnet:{cluster.pool_base}.0.0/16\n"
        return {**found, PLUGIN: made if on else ""}
    if on or cluster.release >= "2.1":
        found[ETCD] = _etcd(cluster, node)
        found["dcos-etcd.service"] = ""
        found["var/lib/dcos/etcd/initial-state"] = "existing"
        found["var/lib/dcos/etcd/initial-nodes"] = ",".join(
            f"etcd-{each.address}=https://{each.address}:2380" for each in cluster.masters
        )
    if on:
        found |= {_LIST.format(kind): text for kind, text in resources.lists(cluster).items()}
        found[NODE_STATUS] = (
            "Calico process is running.\n\nNone of the BGP backend processes (BIRD or GoBGP) are running.\n"
        )
    return found


def _etcd(cluster: Cluster, node: Node) -> str:
    members = [
        {
            "ID": number,
            "name": name,
            "peerURLs": [f"https://{address}:2380"],
            "clientURLs": [f"http://{address}:2379"],
        }
        for number, (name, address) in enumerate(cluster.etcd_members.items(), 10_303_006_848_836_947_237)
    ]
    return (
        f"cmd `endpoint health`, exit status: `0`, stdout: `http://{node.address}:2379 is healthy: successfully"
        " committed proposal: took = 1.9ms`, stderr: `None`\n\n"
        f"cmd `member list -w json`, exit status: `0`, stdout: `{json.dumps({'members': members})}`, stderr: `None`\n"
    )
