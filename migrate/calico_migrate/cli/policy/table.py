"""The matrix as text: a table, or a line for each target where a table would not fit."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from calico_migrate.policy.answering.wording import listing, protocol_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_migrate.cli.terminal import Paint
    from calico_migrate.policy.answering.cells import Matrix, PortOutcome
    from calico_migrate.policy.answering.grouping import Group

_SYMBOLS = {"all": "●", "some": "◐", "none": "✕", "depends": "?", "no ports": "·"}
_STYLES = {"all": "allow", "some": "depends", "none": "deny", "depends": "depends", "no ports": "dim"}
_MEANINGS = (
    ("all", "all declared ports"),
    ("some", "some of them"),
    ("none", "none"),
    ("depends", "depends on what is not known"),
    ("no ports", "no declared port"),
)
_WITHOUT_PORTS = {"all": "allowed", "none": "not allowed"}
_LONGEST_NAME = 46


def table(found: Matrix, paint: Paint) -> str:
    """Rows are sources, columns are targets, numbered as in the list of groups."""
    width = shutil.get_terminal_size((120, 40)).columns
    name_width = min(_LONGEST_NAME, max((len(group.name) for group in found.groups), default=0))
    column = len(str(len(found.groups))) + 1
    if name_width + column * (len(found.groups) + 1) + 2 > max(width, 100):
        return _lines(found, paint)
    numbers = "".join(f"{number:>{column}}" for number in range(1, len(found.groups) + 1))
    rows = [f"{'from ↓  to →':<{name_width + column + 2}}{numbers}"]
    for source, group in enumerate(found.groups):
        cells = "".join(
            " " * (column - 1) + _symbol(found.outcomes[number].summary, paint)
            for number in found.cells[source]
        )
        rows.append(f"{source + 1:>{column}}  {_short(group.name):<{name_width}}{cells}")
    return "\n".join([*rows, "", _legend(found, paint)]) + "\n"


def opened(found: Matrix, names: Sequence[str], paint: Paint) -> str:
    """The groups that hold the named apps: their members, and what goes in and out port by port.

    A name without its leading slash is accepted; every name must be one of a member.
    """
    parts: list[str] = []
    for name in names:
        wanted = "/" + name.strip("/")
        number = next(
            index
            for index, group in enumerate(found.groups)
            if any(member.name == wanted for member in group.members)
        )
        group = found.groups[number]
        members = [member.name for member in group.members]
        parts.append(f"\n{paint(group.name, 'bold')}\n  apps: {', '.join(members)}")
        outgoing = found.cells[number]
        incoming = [row[number] for row in found.cells]
        for title, cells in (("may send to", outgoing), ("may be reached by", incoming)):
            parts.append(f"  {title}:")
            parts += [
                f"    {other.name}: {_ports(found.outcomes[cell].ports, paint)}"
                for other, cell in zip(found.groups, cells, strict=True)
            ]
    return "\n".join(parts) + "\n" if parts else ""


def changes(
    groups: Sequence[Group], found: Sequence[tuple[int, int, list[dict[str, object]]]], paint: Paint
) -> str:
    """What the new policies change, a line for each cell."""
    if not found:
        return "the new policies change nothing\n"
    lines = [f"changed by the new policies ({len(found)}):"]
    for source, target, ports in found:
        texts = [
            f"{_port_name(port['port'], str(port['protocol']), ' port')}"
            f" {paint(str(port['before']), str(port['before']))}"
            f" → {paint(str(port['after']), str(port['after']))}"
            for port in ports
        ]
        lines.append(f"  {groups[source].name} to {groups[target].name}: {', '.join(texts)}")
    return "\n".join(lines) + "\n"


def _lines(found: Matrix, paint: Paint) -> str:
    """For each target, from how many groups what is allowed."""
    lines = []
    for target, group in enumerate(found.groups):
        by_summary: dict[str, list[str]] = {}
        for source, other in enumerate(found.groups):
            summary = found.outcome(source, target).summary
            by_summary.setdefault(summary, []).append(other.name)
        texts = [
            f"{_symbol(summary, paint)} {summary} from {len(names)} ({listing(names)})"
            for summary, names in sorted(by_summary.items(), key=lambda item: list(_SYMBOLS).index(item[0]))
        ]
        lines.append(f"to {group.name}: {'; '.join(texts)}")
    return "\n".join([*lines, "", _legend(found, paint)]) + "\n"


def _legend(found: Matrix, paint: Paint) -> str:
    used = {outcome.summary for outcome in found.outcomes}
    portless = any(port.port is None for outcome in found.outcomes for port in outcome.ports)
    words = dict(_MEANINGS) | (_WITHOUT_PORTS if portless else {})
    symbols = "   ".join(f"{_symbol(one, paint)} {text}" for one, text in words.items() if one in used)
    assumed = dict.fromkeys(port.assumes for one in found.outcomes for port in one.ports if port.assumes)
    return "\n".join([symbols, *(paint(text, "dim") for text in assumed)])


def _symbol(summary: str, paint: Paint) -> str:
    return paint(_SYMBOLS[summary], _STYLES[summary])


def _ports(ports: Sequence[PortOutcome], paint: Paint) -> str:
    if not ports:
        return paint("no declared port", "dim")
    return ", ".join(
        f"{_port_name(port.port, protocol_name(port.protocol))} {paint(port.verdict, port.verdict)}"
        for port in ports
    )


def _port_name(number: object, protocol: str, between: str = "") -> str:
    return protocol if number is None else f"{protocol}{between} {number}"


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
