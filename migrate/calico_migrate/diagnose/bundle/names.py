"""The names of items, as dcos-diagnostics gives them, and which node has which.

Source: dcos/dcos-diagnostics@4a97a0e ``api/providers.go`` (names), dcos/dcos ``gen/dcos-config.yaml`` at the
tags 1.13.9, 2.0.6, 2.1.0 and 2.2.1 (which role and release has an item).
"""

from __future__ import annotations

import re

IP_ADDR = "ip_addr.output"
IP_ROUTE = "ip_route.output"
IPSET = "ipset_list.output"
IPTABLES = "iptables-save.output"
SYSCTL = "sysctl_-a.output"
UNITS = "systemctl_list-units_dcos*.output"
HEALTH = "dcos-diagnostics-health.json"
DETECT_IP = "optmesospherebindetect_ip.output"
TIMEDATECTL = "timedatectl.output"
SESTATUS = "sestatus.output"
PROCESSES = "ps_aux_ww_Z.output"
DISKS = "df.output"
DMESG = "dmesg_-T.output"
CMDLINE = "proc/cmdline"
CLUSTER_ID = "var/lib/dcos/cluster-id"
VERSION = "opt/mesosphere/etc/dcos-version.json"
BUILDINFO = "opt/mesosphere/active.buildinfo.full.json"
EXPANDED_CONFIG = "opt/mesosphere/etc/expanded.config.json"
USER_CONFIG = "opt/mesosphere/etc/user.config.yaml"
DOCKER_VERSION = "docker_--version.output"
DOCKER_PS = "docker_ps.output"

CALICO_NODES = "optmesospherebincalicoctl_get_node_-o_yaml.output"
CALICO_POOLS = "optmesospherebincalicoctl_get_ipPool_-o_yaml.output"
CALICO_PROFILES = "optmesospherebincalicoctl_get_profile_-o_yaml.output"
CALICO_ENDPOINTS = "optmesospherebincalicoctl_get_workloadEndpoint_-o_yaml.output"
CALICO_POLICIES = "optmesospherebincalicoctl_get_networkPolicy_-o_yaml.output"
CALICO_GLOBAL_POLICIES = "optmesospherebincalicoctl_get_globalNetworkPolicy_-o_yaml.output"
NODE_STATUS = "optmesospherebincalicoctl_node_status.output"
ETCD = "optmesospherebindcos-shell_dcos-etcdctl_diagnostic.output"
ETCD_NODES = "var/lib/dcos/etcd/initial-nodes"

FELIX_LOG = "dcos-calico-felix.service"
PLUGIN_LOG = "dcos-calico-libnetwork-plugin.service"
BIRD_LOG = "dcos-calico-bird.service"
CONFD_LOG = "dcos-calico-confd.service"
ETCD_LOG = "dcos-etcd.service"
DCOS_NET_LOG = "dcos-net.service"
AGENT_LOG = "var/log/mesos/mesos-agent.log"

APPS = "8080-v2_apps.json"
PODS = "8080-v2_pods.json"
JOBS = "9000-v1_jobs.json"
MASTER_STATE = "5050-master_state.json"
SLAVES = "5050-master_slaves.json"
AGENT_OVERLAY = "5051-overlay-agent_overlay.json"
CONTAINERS = "5051-containers.json"

ERROR_REPORT = "summaryErrorsReport.txt"
SUMMARY_REPORT = "summaryReport.txt"
REPORT = "report.json"
COLLECTOR_MARK = "calico-migrate-collector.txt"

MASTER = "master"
AGENT = "agent"
PUBLIC_AGENT = "agent_public"
AGENT_ROLES = (AGENT, PUBLIC_AGENT)
ROLES = (MASTER, AGENT, PUBLIC_AGENT)

RESOURCE_LISTS = (
    CALICO_NODES,
    CALICO_POOLS,
    CALICO_PROFILES,
    CALICO_ENDPOINTS,
    CALICO_POLICIES,
    CALICO_GLOBAL_POLICIES,
)
LOGS = frozenset({FELIX_LOG, PLUGIN_LOG, BIRD_LOG, CONFD_LOG, ETCD_LOG, DCOS_NET_LOG, AGENT_LOG, DMESG})

_MASTERS_ONLY = frozenset(
    {*RESOURCE_LISTS, NODE_STATUS, ETCD, ETCD_NODES, ETCD_LOG, APPS, PODS, JOBS, MASTER_STATE, SLAVES}
)
_AGENTS_ONLY = frozenset({PLUGIN_LOG, AGENT_LOG, AGENT_OVERLAY, CONTAINERS, DOCKER_VERSION, DOCKER_PS})
_SINCE_2_1 = frozenset(
    {
        *RESOURCE_LISTS,
        NODE_STATUS,
        ETCD,
        ETCD_NODES,
        ETCD_LOG,
        FELIX_LOG,
        PLUGIN_LOG,
        BIRD_LOG,
        CONFD_LOG,
        DISKS,
    }
)

ALL = frozenset(
    {
        IP_ADDR,
        IP_ROUTE,
        IPSET,
        IPTABLES,
        SYSCTL,
        UNITS,
        HEALTH,
        DETECT_IP,
        TIMEDATECTL,
        SESTATUS,
        PROCESSES,
        DISKS,
        CMDLINE,
        CLUSTER_ID,
        VERSION,
        BUILDINFO,
        EXPANDED_CONFIG,
        USER_CONFIG,
        *_MASTERS_ONLY,
        *_AGENTS_ONLY,
        *LOGS,
    }
)
"""Every item that a judgement reads."""

_FOLDER = re.compile(r"([0-9A-Fa-f.:_]+?)_(master|agent_public|agent)\Z")
_HTTP = re.compile(r"\d{1,5}-([A-Za-z0-9_-]+)\.json\Z")
_NOT_ON_WINDOWS = re.compile(r"""[:*|<>?"'`]""")
_BY_ENDPOINT = {match[1]: name for name in ALL if (match := _HTTP.match(name)) is not None}
_BY_FOLDED = {_NOT_ON_WINDOWS.sub("_", name): name for name in ALL}
# Names that nothing but a diagnostics bundle has, whatever else is missing.
_TELLING = re.compile(
    r"\A(?:dcos-[a-z-]+\.(?:service|socket|timer)|optmesospherebin.*\.output|opt/mesosphere/.*"
    r"|var/lib/dcos/.*|\d{1,5}-(?:master_|v2_|overlay-).*\.json|dcos-diagnostics-health\.json)\Z"
)
_COMMON = frozenset({IP_ADDR, IP_ROUTE, IPTABLES, SYSCTL, IPSET, "df.output", TIMEDATECTL})


def folder(name: str) -> tuple[str, str] | None:
    """The address and role that a folder's name says, None where it is no node's folder."""
    match = _FOLDER.match(name)
    if match is None or not re.search(r"[.:]", match[1]):
        return None
    return match[1], match[2]


def item_of(name: str) -> str:
    """The item that a name stands for: without ``.gz``, with the usual port, and as it is spelt on Linux.

    A log that the rotation compressed keeps its ``.gz``; of ``….2.gz.gz`` one goes.
    """
    bare = name.removesuffix(".gz")
    if re.search(r"\.log\.\d+\Z", bare):
        bare = name if not bare.endswith(".gz") else bare
    match = _HTTP.match(bare)
    if match is not None:
        return _BY_ENDPOINT.get(match[1], bare)
    return _BY_FOLDED.get(_NOT_ON_WINDOWS.sub("_", bare), bare)


def is_telling(item: str) -> bool:
    """Whether an item's name is one that only diagnostics bundles have."""
    return bool(_TELLING.match(item)) or item in _COMMON


def on_role(item: str, role: str) -> bool:
    """Whether nodes of a role have an item at all."""
    if item in _MASTERS_ONLY:
        return role == MASTER
    return role != MASTER if item in _AGENTS_ONLY else True


def is_collected(item: str, role: str, release: tuple[int, ...] | None) -> bool:
    """Whether a release collects an item from nodes of a role; an unknown release collects everything."""
    if not on_role(item, role):
        return False
    return not (item in _SINCE_2_1 and release is not None and release < (2, 1))
