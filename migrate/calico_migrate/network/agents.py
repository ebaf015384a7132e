"""The agents of a cluster, from a list of addresses, from ``dcos node list --json``, or from an inventory.

Which of the three a text is, is told from the text. An agent is a host name or an IPv4 address as one types
it after ``ssh``: nothing that could be an option, a user, a port, a path or a piece of shell.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.errors import InputError
from calico_core.legible import legible, quoted
from calico_migrate.network.inventories import Entry, from_groups, from_lines, from_listing, from_yaml
from calico_migrate.network.promise import Agent

if TYPE_CHECKING:
    from collections.abc import Iterator

_LABEL = "[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\Z")
_LONGEST_HOST = 253
_DIGITS_AND_DOTS = re.compile(r"[0-9.]+\Z")
_IPV4 = re.compile(r"(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\.(?!\Z)|\Z)){4}\Z")
_PID = re.compile(r"[^@]+@([^@:]+):[0-9]+\Z")

_YAML_START = re.compile(r"(?:---|- |[A-Za-z0-9_\"'][^\s=]*:(?:\s|\Z))")


class AgentsFile(NamedTuple):
    """What a file says about the agents.

    ``agents`` are in the file's order, each once; ``notes`` are sentences for the user about what was
    passed over or taken otherwise than it may have been meant (duplicates, masters, inactive agents).
    """

    agents: tuple[Agent, ...]
    notes: tuple[str, ...]


def address_problem(text: str) -> str | None:
    """Why ``text`` is no address of an agent; None where it is one.

    RFC 1123 host names (with the underscores that internal names have) of at most 253 characters, and
    IPv4 addresses in the usual notation.
    """
    shown = quoted(text)
    if not text:
        return "an address is empty"
    if text.startswith("-"):
        return f"{shown} starts with '-', which ssh would take for an option"
    if "@" in text:
        return f"{shown} names a user; write the address alone and set User in ssh's configuration"
    if text.count(":") > 1 and "[" not in text:
        return f"{shown} looks like an IPv6 address; DC/OS agents have IPv4 addresses"
    if text.rpartition(":")[2].isdigit() and ":" in text:
        return f"{shown} has a port; write the address alone and set Port in ssh's configuration"
    if _DIGITS_AND_DOTS.match(text):
        return None if _IPV4.match(text) else f"{shown} is no IPv4 address"
    if len(text) > _LONGEST_HOST or not _HOST.match(text):
        return f"{shown} is no host name and no IPv4 address"
    return None


def read_agents(text: str, path: str) -> AgentsFile:
    """The agents that a file names.

    Raises InputError, with the line where there is one, where the file names no agent at all or holds
    something that is no address.
    """
    body = text.removeprefix("\ufeff")
    notes: list[str] = []
    if _is_json(body):
        entries = list(_from_json(body, path, notes))
    elif _is_yaml(body):
        entries = from_yaml(body, path, notes)
    else:
        entries = from_lines(body, path, notes)
    return _settled(entries, path, notes)


def _settled(entries: list[Entry], path: str, notes: list[str]) -> AgentsFile:
    seen: dict[str, Agent] = {}
    repeated: list[str] = []
    wrong: list[tuple[str, int | None]] = []
    for address, line in entries:
        problem = address_problem(address)
        # Host names compare without case, and so do directories on some machines.
        if problem is not None:
            wrong.append((problem, line))
        elif address.lower() in seen:
            repeated.append(address)
        else:
            seen[address.lower()] = Agent(address)
    if wrong:
        problem, line = wrong[0]
        more = f" ({len(wrong) - 1} more such lines follow)" if len(wrong) > 1 else ""
        raise InputError(problem + more, path=path, line=line)
    if not seen:
        raise InputError(
            "no agent in this file; give one address per line, the output of `dcos node list --json`,"
            " or an Ansible inventory",
            path=path,
        )
    if repeated:
        notes.append(_repeated(repeated))
    return AgentsFile(tuple(seen.values()), tuple(notes))


def _first(names: list[str]) -> str:
    return ", ".join(names[:3]) + (", …" if len(names) > 3 else "")


def _repeated(names: list[str]) -> str:
    distinct = list(dict.fromkeys(names))
    named = _first(distinct)
    lines = "1 line names" if len(names) == 1 else f"{len(names)} lines name"
    return f"{lines} an agent again ({named}); each is taken once"


def _is_json(text: str) -> bool:
    start = text.lstrip()[:1]
    if start == "{":
        return True
    # An INI inventory also begins with a bracket, but a section's name is neither quoted nor an object.
    return start == "[" and text.lstrip()[1:].lstrip()[:1] in ("{", '"', "]", "[")


def _is_yaml(text: str) -> bool:
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped and not stripped.startswith("#"):
            return _YAML_START.match(line) is not None
    return False


def _from_json(text: str, path: str, notes: list[str]) -> Iterator[Entry]:
    from calico_core.yaml.plain import read_documents

    (document,) = read_documents(text, path)
    if isinstance(document, dict):
        if "_meta" in document:
            yield from from_listing(document, path, notes)
            return
        if not isinstance(document.get("slaves"), list):
            yield from from_groups(document, path, notes)
            return
        document = document["slaves"]
    if not isinstance(document, list):
        raise InputError("this is not what `dcos node list --json` prints, an array of nodes", path=path)
    yield from _from_nodes(document, path, notes)


def _from_nodes(rows: list[Any], path: str, notes: list[str]) -> Iterator[Entry]:
    others = 0
    inactive: list[str] = []
    for number, row in enumerate(rows, 1):
        if isinstance(row, str):
            yield Entry(row)
            continue
        if not isinstance(row, dict):
            raise InputError(f"entry {number} of the array is no node", path=path)
        kind = row.get("type", "agent")
        if not isinstance(kind, str) or not kind.startswith("agent"):
            others += 1
            continue
        address = _node_address(row)
        if address is None:
            raise InputError(
                f"entry {number} of the array is an agent without an address in `hostname` or `pid`",
                path=path,
            )
        if row.get("active") is False:
            inactive.append(address)
        yield Entry(address)
    if others:
        notes.append(f"{others} {'node is' if others == 1 else 'nodes are'} no agent and passed over")
    if inactive:
        notes.append(f"not active according to Mesos, taken all the same: {legible(_first(inactive))}")


def _node_address(row: dict[str, Any]) -> str | None:
    """The address of an agent's row: ``hostname``, or the host of ``pid`` (``slave(1)@10.0.0.5:5051``)."""
    hostname = row.get("hostname")
    if isinstance(hostname, str) and hostname:
        return hostname
    pid = row.get("pid")
    match = _PID.match(pid) if isinstance(pid, str) else None
    return match[1] if match else None
