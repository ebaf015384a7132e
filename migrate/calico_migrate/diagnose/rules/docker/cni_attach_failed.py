"""Containers of UCR could not be attached to the network.

The CNI plugin answers with a reason: no way to etcd, no address, a route that is there already, a name of
the node that is missing.

Example:
    The CNI plugin 'mesos-cni-port-mapper' failed to attach container 0f2a to CNI network 'calico'

The line has the plugin's own words; `/var/lib/calico/nodename` is missing where Felix never started.
"""

import re

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.names import AGENT_ROLES
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.estate.workloads import OVERLAYS
from calico_migrate.diagnose.judgement import Findings, error

RULE = error(
    __name__,
    source="apache/mesos isolators/network/cni/cni.cpp:1395-1398; cni-plugin v3.14.0"
    " pkg/plugin/plugin.go:113-119",
    roles=AGENT_ROLES,
    causes=(
        "felix-not-running",
        "etcd-no-quorum",
        "etcd-out-of-space",
        "pool-exhausted",
        "datastore-not-ready",
    ),
)

_ELSEWHERE = re.compile(
    r"IPAM allocated only|not ready to process requests|no configured Calico pools|addresses exhausted"
    r"|database space exceeded|etcdserver: no space"
)


def check(node: OneNode) -> Findings:
    """The agent's log, but for what other rules tell."""
    machine = node.machine
    log = machine.log(names.AGENT_LOG)
    for known in ("cni-attach", "cni-clusterinfo", "cni-route-exists"):
        hits = log.hits.get(known)
        if hits is None:
            continue
        own = [
            hit
            for hit in hits.kept
            if not _ELSEWHERE.search(hit.text) and hit.groups.get("net") not in OVERLAYS
        ]
        if own:
            yield RULE.found(
                "containers of UCR could not be attached to a Calico network",
                machine.quote(names.AGENT_LOG, own[-1]),
                hint="the line has the plugin's reason; see that Felix runs and etcd answers",
                node=machine.address,
                detail=f"{hits.seen} times",
            )
            return
