"""The log lines that are known: of Calico 3.14, its plugins, etcd 3.4, dcos-net, Mesos and the kernel.

Each was read from the format string in its source. A ``PROBLEM`` counts unless a line that cures it
follows; a ``SIGN`` is read for what it says; a ``GOOD`` or ``CURE`` line ends the problems that `CURED_BY`
names.
"""

from __future__ import annotations

import re
from importlib.resources import files
from typing import NamedTuple

from calico_migrate.diagnose.bundle import names

PROBLEM, SIGN, GOOD = "problem", "sign", "good"


class Line(NamedTuple):
    """A known line: its id, what it is, literals of which it always holds one, and its expression."""

    id: str
    kind: str
    literals: tuple[bytes, ...]
    pattern: re.Pattern[bytes]


def _read() -> dict[str, list[Line]]:
    """The lines of ``lines.tsv`` by the item in which they stand."""
    found: dict[str, list[Line]] = {}
    text = files(__package__).joinpath("lines.tsv").read_text(encoding="utf-8")
    for row in text.splitlines():
        if not row.startswith("#"):
            item, name, kind, literals, pattern = row.split("\t", 4)
            line = Line(
                name, kind, tuple(part.encode() for part in literals.split("|")), re.compile(pattern.encode())
            )
            found.setdefault(item, []).append(line)
    return found


BY_ITEM = _read()

FELIX_LEVELS = (b"[WARNING][", b"[ERROR][", b"[FATAL][", b"[PANIC][")
"""What every line of Felix that is no word of its working holds; the others are looked for by themselves."""

SHORTCUTS = {
    names.AGENT_LOG: (
        b"CNI",
        b"Calico",
        b"addresses exhausted",
        b"IPAM allocated",
        b"ClusterInformation",
        b"already exists for an",
        b"Failed to launch",
    ),
}
"""Fewer literals of a log of which every known line holds one: agents' logs are by far the largest."""

_STARTING = (
    "felix-iptables-panic",
    "felix-ipset-panic",
    "felix-xtables-lock",
    "felix-iptables-save",
    "felix-config-required",
    "felix-datastore-config",
    "felix-datastore-client",
    "felix-datastore-not-ready",
    "felix-datastore-unready",
    "startup-ip-conflict",
    "startup-no-datastore",
    "startup-node-write",
    "startup-bad-cidr",
    "startup-pool",
    "startup-terminating",
    "tunnel-exhausted",
    "tunnel-error",
    "startup-ip-not-local",
    "etcd-cert",
)
_VXLAN = (
    "felix-vxlan-retry",
    "felix-vxlan-parent",
    "felix-vxlan-vni-taken",
    "felix-vxlan-cant-locate",
    "felix-vxlan-recreate",
)
_NETWORK = (
    "net-not-in-time",
    "net-create-failed",
    "net-not-swarm",
    "net-docker-error",
    "net-cluster-store",
    "net-daemon-json",
    "net-lock",
)

CURES: dict[str, tuple[str, ...]] = {
    "felix-iptables-retry-ok": ("felix-iptables-restore", "felix-iptables-panic"),
    "felix-vxlan-ok": _VXLAN,
    "felix-first-apply": _STARTING,
    "felix-loop-ok": _STARTING,
    "net-made": _NETWORK,
    "clock-ok": ("clock",),
    "bird-started": ("bird-no-config", "bird-config-error"),
}
"""What a good line ends: the problems before it."""
