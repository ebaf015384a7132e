"""``config show``: every effective value, its origin, what it becomes on a node, and the ports to open."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_config.facts.overlays import OVERLAY_PORT
from calico_config.parameters import PARAMETERS, release_name
from calico_core.legible import escaped
from calico_core.secrets import blotted_value

if TYPE_CHECKING:
    from calico_config.facts.facts import Facts
    from calico_config.parameters import Parameter

MASTERS = "masters"
ALL_NODES = "masters and agents"


class Effective(NamedTuple):
    """One parameter in effect.

    ``value`` is the text that the installer works with, its secrets blotted out, None where there is none.
    ``origin`` is ``file``, ``default`` or ``none``; ``line`` counts from 1. ``used`` says whether this mode
    uses it at all, ``note`` why not, or what else there is to know. ``node`` says what it becomes on the
    nodes.
    """

    name: str
    value: str | None
    origin: str
    line: int | None
    used: bool
    note: str
    node: tuple[str, ...]

    def where(self, path: str, release: str) -> str:
        """Where the value comes from, for a human."""
        if self.origin == "file":
            return f"{path}:{self.line}"
        return f"default of DC/OS {release}" if self.origin == "default" else "not set"


class Port(NamedTuple):
    """A port to open: ``protocol`` is ``tcp``, ``udp`` or ``ip`` (then ``port`` is the protocol's number)."""

    port: int
    protocol: str
    source: str
    target: str
    purpose: str


def effective(facts: Facts) -> list[Effective]:
    """Every networking parameter that the release knows, in the order of the parameter table."""
    return [_of(facts, entry) for entry in PARAMETERS if entry.since <= facts.release]


def _of(facts: Facts, entry: Parameter) -> Effective:
    setting = facts.document.get(entry.name)
    used, note = _use(facts, entry)
    if setting is not None:
        value = setting.text if setting.text is None else blotted_value(setting.text, entry.name)
        if entry.name in facts.unresolved:
            note = "holds a placeholder"
        elif value is None:
            note = "the installer crashes on this value"
        return Effective(entry.name, value, "file", setting.span.line, used, note, entry.node)
    if entry.default is None:
        note = "must be set" if entry.required else note
        return Effective(entry.name, None, "none", None, used, note, entry.node)
    if entry.documented is not None and used:
        note = f"the documentation says {entry.documented}"
    return Effective(entry.name, entry.default, "default", None, used, note, entry.node)


def _use(facts: Facts, entry: Parameter) -> tuple[bool, str]:
    if entry.name.startswith("calico_") and entry.name != "calico_enabled" and not facts.calico_on:
        return False, "not used: Calico is off"
    if entry.mode == "ipip" and facts.vxlan:
        return False, "not used: Calico uses VXLAN"
    if entry.mode == "vxlan" and not facts.vxlan:
        return False, "not used: Calico uses IP-in-IP"
    if (
        entry.name.startswith("dcos_overlay_")
        and entry.name != "dcos_overlay_enable"
        and not facts.overlay_on
    ):
        return False, "not used: the overlay is off (validated all the same)"
    if entry.name == "calico_network_cidr" and facts.cidr is not None:
        from calico_config.facts.capacity import blocks_of
        from calico_core.words import counted

        return True, f"{counted(blocks_of(facts.cidr.written.prefix), 'block')} of 64 addresses"
    return True, ""


def ports(facts: Facts) -> list[Port]:
    """The ports that this mode needs between the nodes, and to them.

    Source: dcos/dcos packages/calico/README.md 1.1 and docs/admin-ports.md; Calico 3.14 docs, requirements.
    """
    found: list[Port] = []
    if facts.calico_on:
        found += [
            Port(2379, "tcp", ALL_NODES, MASTERS, "etcd, Calico's data store"),
            Port(2380, "tcp", MASTERS, MASTERS, "etcd between its members"),
        ]
        port = facts.number("calico_vxlan_port")
        if facts.vxlan and port is not None:
            found.append(Port(port.value, "udp", ALL_NODES, ALL_NODES, "Calico's VXLAN"))
        elif not facts.vxlan:
            found += [
                Port(179, "tcp", ALL_NODES, ALL_NODES, "BGP between the nodes' BIRD"),
                Port(4, "ip", ALL_NODES, ALL_NODES, "IP-in-IP (IP protocol 4)"),
            ]
        found += [
            Port(62091, "tcp", "your monitoring", ALL_NODES, "Felix' metrics"),
            Port(
                _grpc_port(facts), "tcp", "operators' machines", MASTERS, "dcos calico (Admin Router, gRPC)"
            ),
        ]
    if facts.overlay_on:
        found.append(Port(OVERLAY_PORT, "udp", ALL_NODES, ALL_NODES, "the DC/OS overlay's VXLAN"))
    return found


def _grpc_port(facts: Facts) -> int:
    from calico_config.facts.parts import installer_integer

    return installer_integer(facts.text("adminrouter_grpc_proxy_port") or "") or 12379


def as_json(facts: Facts, path: str) -> dict[str, object]:
    """The same as values for JSON."""
    release = release_name(facts.release)
    return {
        "version": 1,
        "path": path,
        "dcos_version": release,
        "parameters": [
            {
                "name": entry.name,
                "value": entry.value,
                "origin": entry.origin,
                "line": entry.line,
                "used": entry.used,
                "note": entry.note,
                "node": list(entry.node),
            }
            for entry in effective(facts)
        ],
        "ports": [entry._asdict() for entry in ports(facts)],
    }


def as_lines(facts: Facts, path: str) -> list[str]:
    """The same for a terminal: a block for each parameter in use, the unused ones last, then the ports."""
    release = release_name(facts.release)
    rows = effective(facts)
    lines = [f"{escaped(path)}: what DC/OS {release} makes of it", ""]
    width = max(len(row.name) for row in rows)
    for row in rows:
        if not row.used:
            continue
        lines.append(f"{row.name:{width}}  {_value(row.value)}  ({row.where(path, release)})")
        lines.extend(f"{'':{width}}  -> {becomes}" for becomes in row.node)
        if row.note:
            lines.append(f"{'':{width}}  {row.note}")
    unused = [row for row in rows if not row.used]
    if unused:
        lines += ["", "Without effect in this mode:"]
        lines.extend(
            f"{row.name:{width}}  {_value(row.value)}  ({row.where(path, release)}; {row.note})"
            for row in unused
        )
    lines += ["", "Ports to open:"]
    for port in ports(facts):
        number = f"IP protocol {port.port}" if port.protocol == "ip" else f"{port.port}/{port.protocol}"
        lines.append(f"{number:>14}  {port.source} -> {port.target}: {port.purpose}")
    return lines


def _value(value: str | None) -> str:
    from calico_core.words import flat

    return "-" if value is None else flat(value, 100) or '""'
