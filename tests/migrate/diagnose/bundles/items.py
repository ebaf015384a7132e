"""The items of a node, as texts."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from tests.migrate.diagnose.bundles.cluster import IPIP, VXLAN, Cluster, Container, Node, mac_of

if TYPE_CHECKING:
    from collections.abc import Iterator

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
NODES, POOLS, PROFILES, ENDPOINTS, POLICIES, GLOBAL_POLICIES = (
    f"{CALICOCTL}get_{kind}_-o_yaml.output"
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
        "ip_addr.output": _ip_addr(cluster, node),
        "ip_route.output": _ip_route(cluster, node),
        "iptables-save.output": _iptables(cluster, node),
        "ipset_list.output": _ipset(cluster, node),
        "sysctl_-a.output": _sysctl(cluster),
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
    found[SYSTEMCTL] = _systemctl(units)
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
        "8080-v2_apps.json": json.dumps({"apps": [_app(app) for app in cluster.apps]}),
        "8080-v2_pods.json": "[]",
        "9000-v1_jobs.json": json.dumps([{"id": "nightly", "run": {"cmd": "true", "cpus": 0.1, "mem": 32}}]),
        "5050-master_state.json": json.dumps({"slaves": agents, "frameworks": [
            {"id": "F1", "name": "marathon", "tasks": list(_tasks(cluster))}]}),
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
            [_container(each) for each in cluster.containers if each.node is node]
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
    return {**found, **_lists(cluster)} if on else found


def _lists(cluster: Cluster) -> dict[str, str]:
    nodes = []
    for node in cluster.nodes:
        bgp: dict[str, Any] = {"ipv4Address": f"{node.calico_address or node.address}/32"}
        spec: dict[str, Any] = {"bgp": bgp}
        if node.has_tunnel and cluster.mode == IPIP:
            bgp["ipv4IPIPTunnelAddr"] = cluster.tunnel(node)
        elif node.has_tunnel:
            spec["ipv4VXLANTunnelAddr"] = cluster.tunnel(node)
        nodes.append(_resource("Node", node.name, spec, status={}))
    for name, address, tunnel in cluster.extra_nodes:
        spec = {"bgp": {"ipv4Address": f"{address}/32"}}
        if tunnel:
            spec["ipv4VXLANTunnelAddr"] = tunnel
        nodes.append(_resource("Node", name, spec, status={}))
    pools = [
        _resource(
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
        NODES: _list("Node", nodes),
        POOLS: _list("IPPool", pools),
        PROFILES: _list(
            "Profile", [_resource("Profile", name, spec) for name, spec in cluster.profiles.items()]
        ),
        ENDPOINTS: _list(
            "WorkloadEndpoint", [_endpoint(each) for each in cluster.containers if each.has_endpoint]
        ),
        POLICIES: _list("NetworkPolicy", cluster.policies),
        GLOBAL_POLICIES: _list("GlobalNetworkPolicy", cluster.global_policies),
        NODE_STATUS: "Calico process is running.\n\nNone of the BGP backend processes (BIRD or GoBGP) are running.\n",
    }


def resource(kind: str, name: str, spec: dict[str, object], **metadata: object) -> dict[str, object]:
    """A resource as calicoctl lists it."""
    return _resource(kind, name, spec, **metadata)


def _resource(kind: str, name: str, spec: dict[str, object], **more: object) -> dict[str, object]:
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
    return _resource("WorkloadEndpoint", name, spec, namespace="default", labels=labels)


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


def _app(app: Any) -> dict[str, object]:
    found: dict[str, object] = {
        "id": app.id,
        "cmd": "sleep 1000",
        "instances": app.instances,
        "cpus": 0.1,
        "mem": 32,
    }
    if app.network == "host":
        return {**found, "networks": [{"mode": "host"}]}
    network: dict[str, object] = {"mode": "container", "name": app.network}
    container: dict[str, object] = {
        "type": "DOCKER" if app.runtime == "docker" else "MESOS",
        "docker": {"image": "x"},
    }
    if app.labels and app.runtime == "ucr":
        network["labels"] = app.labels
    elif app.labels:
        container["docker"] = {
            "image": "x",
            "parameters": [
                {"key": "label", "value": f"org.projectcalico.label.{key}={value}"}
                for key, value in app.labels.items()
            ],
        }
    if app.vip or app.host_port is not None:
        mapping: dict[str, object] = {"containerPort": 80}
        mapping |= {"labels": {"VIP_0": app.vip}} if app.vip else {}
        mapping |= {"hostPort": app.host_port} if app.host_port is not None else {}
        container["portMappings"] = [mapping]
    return {**found, "container": container, "networks": [network]}


def _tasks(cluster: Cluster) -> Iterator[dict[str, object]]:
    for each in cluster.containers:
        app = next(app for app in cluster.apps if app.id == each.app)
        yield _task(each.app, each.number, each.node, each.container_id, app.task_network or "calico",
                    "9.0.21.7" if app.task_network else each.address, each.runtime)  # fmt: skip
    number = 100
    for app in cluster.apps:
        if app.network == "calico":
            continue
        for _ in range(app.instances):
            node = cluster.agents[number % 5]
            address = node.address if app.network == "host" else f"9.0.{node.block}.{number}"
            name = "" if app.network == "host" else app.network
            yield _task(
                app.id, number, node, f"c0ffee00-0000-4000-9000-{number:012d}", name, address, app.runtime
            )
            number += 1


def _task(
    app: str, number: int, node: Node, container: str, network: str, address: str, runtime: str
) -> dict[str, object]:
    info: dict[str, object] = {
        "ip_addresses": [{"ip_address": address}],
        **({"name": network} if network else {}),
    }
    return {
        "id": f"{app.strip('/').replace('/', '_')}.11111111-2222-3333-4444-{number:012d}",
        "name": ".".join(reversed(app.strip("/").split("/"))),
        "slave_id": f"S{node.block}",
        "state": "TASK_RUNNING",
        "container": {"type": "DOCKER" if runtime == "docker" else "MESOS"},
        "statuses": [{"state": "TASK_RUNNING", "container_status": {
            "container_id": {"value": container}, "network_infos": [info]}}],
    }  # fmt: skip


def _container(each: Container) -> dict[str, object]:
    info = {"name": "calico", "ip_addresses": [{"ip_address": each.address}]}
    return {"container_id": each.container_id, "framework_id": "F1", "status": {"network_infos": [info]}}


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


def _systemctl(units: list[str]) -> str:
    rows = [f"  {name + '.service':<40} loaded active running DC/OS: {name}" for name in units]
    return (
        "  UNIT                                     LOAD   ACTIVE SUB     DESCRIPTION\n"
        + "\n".join(rows)
        + f"\n\nLOAD   = Reflects whether the unit definition was properly loaded.\n\n{len(rows)} loaded units listed.\n"
    )


def _ip_addr(cluster: Cluster, node: Node) -> str:
    text = (
        "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000\n"
        "    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n    inet 127.0.0.1/8 scope host lo\n"
        f"2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu {node.nic_mtu} qdisc mq state UP group default qlen 1000\n"
        f"    link/ether 06:ab:7c:7b:c4:{node.block:02x} brd ff:ff:ff:ff:ff:ff\n"
        f"    inet {node.address}/24 brd {cluster.base}.255 scope global eth0\n"
        "3: vtep1024: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1420 qdisc noqueue state UNKNOWN group default qlen 1000\n"
        f"    link/ether 70:b3:d5:80:00:{node.block:02x} brd ff:ff:ff:ff:ff:ff\n"
        f"    inet 44.128.0.{node.block}/20 scope global vtep1024\n"
    )
    number = 4
    if not node.is_master:
        text += (
            f"{number}: docker0: <NO-CARRIER,BROADCAST,MULTICAST,UP> mtu 1500 qdisc noqueue state DOWN group default \n"
            "    link/ether 76:d5:75:04:9f:5f brd ff:ff:ff:ff:ff:ff\n"
            "    inet 172.17.0.1/16 brd 172.17.255.255 scope global docker0\n"
        )
        number += 1
    if not cluster.has_calico:
        return text
    if node.has_tunnel and cluster.mode == VXLAN:
        text += (
            f"{number}: vxlan.calico: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu {node.tunnel_mtu or 1450} qdisc noqueue"
            f" state UNKNOWN group default \n    link/ether {mac_of(node.name)} brd ff:ff:ff:ff:ff:ff\n"
            f"    inet {cluster.tunnel(node)}/32 scope global vxlan.calico\n"
        )
    elif node.has_tunnel:
        text += (
            f"{number}: tunl0@NONE: <NOARP,UP,LOWER_UP> mtu {node.tunnel_mtu or 1480} qdisc noqueue state UNKNOWN group"
            f" default qlen 1000\n    link/ipip 0.0.0.0 brd 0.0.0.0\n    inet {cluster.tunnel(node)}/32 scope global tunl0\n"
        )
    for each in cluster.containers:
        if each.node is node:
            number += 1
            text += (
                f"{number}: {each.interface}@if3: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP\n"
                "    link/ether ee:ee:ee:ee:ee:ee brd ff:ff:ff:ff:ff:ff link-netnsid 0\n"
            )
    return text


def _ip_route(cluster: Cluster, node: Node) -> str:
    lines = [
        f"default via {cluster.base}.254 dev eth0 proto dhcp ",
        "9.0.2.0/24 via 44.128.0.3 dev vtep1024 onlink ",
        f"{cluster.base}.0/24 dev eth0 proto kernel scope link src {node.address} ",
        f"44.128.0.0/20 dev vtep1024 proto kernel scope link src 44.128.0.{node.block} ",
    ]
    if not cluster.has_calico:
        return "\n".join(lines) + "\n"
    for other in cluster.nodes:
        if other is node:
            if cluster.mode == IPIP:
                lines.append(f"blackhole {cluster.block(node)} proto bird ")
        elif not other.has_tunnel or not node.has_tunnel:
            continue
        elif cluster.mode == IPIP:
            if frozenset((node.address, other.address)) not in cluster.down_pairs:
                lines.append(f"{cluster.block(other)} via {other.address} dev tunl0 proto bird onlink ")
        else:
            lines.append(f"{cluster.block(other)} via {cluster.tunnel(other)} dev vxlan.calico onlink ")
    lines += [
        f"{each.address} dev {each.interface} scope link " for each in cluster.containers if each.node is node
    ]
    return "\n".join(lines) + "\n"


def _iptables(cluster: Cluster, node: Node) -> str:
    text = (
        "# Generated by iptables-save v1.4.21 on Mon Jun  1 12:34:56 2020\n*filter\n:INPUT ACCEPT [0:0]\n"
        ":FORWARD DROP [0:0]\n:OUTPUT ACCEPT [0:0]\n"
    )
    if cluster.has_calico:
        text += (
            ":cali-FORWARD - [0:0]\n:cali-INPUT - [0:0]\n"
            '-A INPUT -m comment --comment "cali:Cz_u1IQiXIMmKD4c" -j cali-INPUT\n'
            '-A FORWARD -m comment --comment "cali:wUHhoiAYhphO9Mso" -j cali-FORWARD\n'
        )
    text += "-A FORWARD -j DOCKER-USER\n-A FORWARD -j ACCEPT\n"
    if cluster.has_calico and cluster.mode == VXLAN:
        text += (
            '-A cali-INPUT -p udp -m comment --comment "cali:txmnRTVCAbmsUq9a" -m comment --comment "Allow VXLAN packets'
            ' from whitelisted hosts" -m multiport --dports 64000 -m set --match-set cali40all-vxlan-net src -m addrtype'
            " --dst-type LOCAL -j ACCEPT\n"
        )
    return text + "COMMIT\n"


def _ipset(cluster: Cluster, node: Node) -> str:
    sets = {"minuteman": [f"{cluster.base}.1,tcp:80"]}
    if cluster.has_calico:
        others = [other.calico_address or other.address for other in cluster.nodes if other is not node]
        name = "cali40all-vxlan-net" if cluster.mode == VXLAN else "cali40all-hosts-net"
        sets[name] = others if cluster.mode == VXLAN else [*others, node.address]
        sets["cali40all-ipam-pools"] = [pool.cidr for pool in cluster.pools]
    return "\n".join(
        f"Name: {name}\nType: hash:net\nRevision: 6\nHeader: family inet hashsize 1024\nSize in memory: 504\n"
        f"References: 1\nMembers:\n" + "".join(f"{member}\n" for member in members)
        for name, members in sets.items()
    )


def _sysctl(cluster: Cluster) -> str:
    rows = {"kernel.osrelease": "3.10.0-1160.el7.x86_64", "net.ipv4.ip_forward": "1",
            "net.netfilter.nf_conntrack_count": "1200", "net.netfilter.nf_conntrack_max": "262144"}  # fmt: skip
    for name in ("all", "default", "eth0", *(["vxlan/calico"] if cluster.mode == VXLAN else ["tunl0"])):
        rows[f"net.ipv4.conf.{name}.rp_filter"] = "2"
    return "".join(f"{name} = {value}\n" for name, value in sorted(rows.items()))
