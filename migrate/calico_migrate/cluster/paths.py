"""The addresses below a cluster's URL that do not belong to one item."""

from __future__ import annotations

METADATA = "/metadata"
"""Admin Router lib/metadata.lua: ``CLUSTER_ID``, absent where the master has no such file."""

VERSION = "/dcos-metadata/dcos-version.json"
"""Served without a token; ``version`` and ``dcos-variant``."""

MESOS_STATE = "/mesos/state"
"""The master's whole state: tens of megabytes on a large cluster, read once per need."""

UNITS = ("dcos-calico-felix", "dcos-calico-bird", "dcos-calico-confd")
"""What must run on every node before anything is moved to Calico (dcos/dcos packages/calico/build)."""

ROOT_MARATHON = "marathon"


def unit_nodes(unit: str) -> str:
    """Where the health of a unit on every node is said (dcos/dcos-diagnostics api/router.go)."""
    return f"/system/health/v1/units/{unit}.service/nodes"
