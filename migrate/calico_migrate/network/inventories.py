"""Ansible inventories, and lists of addresses, which are inventories without groups.

Source: Ansible, "How to build your inventory" (INI and YAML inventories, ranges of hosts, ``ansible_host``).
Of an inventory with groups of agents (as DC/OS' own Ansible roles have: ``agents_private``,
``agents_public``) only their hosts are taken; of any other one all hosts but those of masters and bootstrap
nodes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.errors import InputError
from calico_core.legible import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

_SECTION = re.compile(r"\[([^\[\]:]+)(?::(children|vars|hosts))?\]\Z")
_VARIABLE = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)\Z", re.DOTALL)
_RANGE = re.compile(r"\[([0-9]{1,9}|[A-Za-z]):([0-9]{1,9}|[A-Za-z])(?::([0-9]{1,9}))?\]")
_COMMENT = re.compile(r"(?:\A|\s)#.*\Z")
_NEEDS_SPLITTING = re.compile(r"[\s\"'\\]")

_AGENTS = re.compile(r"agent|slave", re.IGNORECASE)
_OTHERS = re.compile(r"master|bootstrap", re.IGNORECASE)

# An inventory may say `node[1:999999999]`; no DC/OS cluster has that many agents.
_MOST_HOSTS = 100_000

_UNGROUPED = "ungrouped"

# How one logs in is for ssh's own configuration to say.
_LEFT_TO_SSH = re.compile(
    r"ansible_(?:(?:ssh_)?(?:user|port|pass|password|private_key_file)|ssh_(?:common|extra)_args)\Z"
)


class Entry(NamedTuple):
    """An address as a file has it, not yet checked, with its line where lines are known."""

    address: str
    line: int | None = None


class _Inventory:
    """The hosts of each group, the groups within groups, and the addresses of hosts named otherwise."""

    def __init__(self, path: str) -> None:
        self._path = path
        self.hosts: dict[str, dict[str, int | None]] = {}
        self.children: dict[str, list[str]] = {}
        self.addresses: dict[str, str] = {}
        self._left_to_ssh: dict[str, None] = {}
        self._count = 0

    def add_group(self, group: str) -> None:
        self.hosts.setdefault(group, {})

    def add_host(self, group: str, pattern: str, line: int | None, variables: dict[str, Any]) -> None:
        for host in _expanded(pattern):
            self._count += 1
            if self._count > _MOST_HOSTS:
                raise InputError(f"more than {_MOST_HOSTS:,} hosts", path=self._path, line=line)
            self.hosts.setdefault(group, {}).setdefault(host, line)
            address = variables.get("ansible_host", variables.get("ansible_ssh_host"))
            if address is not None:
                self.addresses[host] = str(address)
        self.add_variables(variables)

    def add_variables(self, variables: dict[str, Any]) -> None:
        self._left_to_ssh.update(dict.fromkeys(filter(_LEFT_TO_SSH.match, variables)))

    def entries(self, notes: list[str]) -> list[Entry]:
        """The agents' hosts, in the order of the file."""
        names = list(dict.fromkeys([*self.hosts, *self.children]))
        chosen = [name for name in names if _AGENTS.search(name) and not _OTHERS.search(name)]
        excluded: dict[str, int | None] = {}
        if not chosen:
            chosen = [name for name in self.hosts if not _OTHERS.search(name)]
            for name in names:
                if _OTHERS.search(name):
                    excluded.update(self._within(name))
        taken: dict[str, int | None] = {}
        for name in chosen:
            for host, line in self._within(name).items():
                if host not in excluded:
                    taken.setdefault(host, line)
        everything = {host for hosts in self.hosts.values() for host in hosts}
        if left := len(everything) - len(taken):
            notes.append(
                f"{left} {'host is' if left == 1 else 'hosts are'} in no group of agents and passed over"
            )
        if self._left_to_ssh:
            notes.append(
                f"{', '.join(self._left_to_ssh)}: not used here; `network run` logs in as ssh's own"
                " configuration says"
            )
        return [Entry(self.addresses.get(host, host), line) for host, line in taken.items()]

    def _within(self, name: str) -> dict[str, int | None]:
        found: dict[str, int | None] = {}
        waiting, seen = [name], {name}
        while waiting:
            group = waiting.pop(0)
            for host, line in self.hosts.get(group, {}).items():
                found.setdefault(host, line)
            for child in self.children.get(group, ()):
                if child not in seen:
                    seen.add(child)
                    waiting.append(child)
        return found


def from_lines(text: str, path: str, notes: list[str]) -> list[Entry]:
    """The agents of a list of addresses, or of an inventory in Ansible's INI format."""
    inventory = _Inventory(path)
    plain: list[Entry] = []
    section, kind = _UNGROUPED, ""
    is_inventory = False
    for number, raw in enumerate(text.split("\n"), 1):
        line = (_COMMENT.sub("", raw) if "#" in raw else raw).strip()
        if not line or line.startswith(";"):
            continue
        if line.startswith("[") and not _RANGE.match(line):
            header = _SECTION.match(line)
            if header is None:
                raise InputError(f"{quoted(line)} is no section of an inventory", path=path, line=number)
            section, kind = header[1].strip(), header[2] or ""
            is_inventory = True
            inventory.add_group(section)
        elif kind == "vars":
            if variable := _VARIABLE.match(line):
                inventory.add_variables({variable[1]: variable[2]})
        elif kind == "children":
            inventory.children.setdefault(section, []).append(line)
        else:
            host, variables = _host_line(line, path, number)
            is_inventory = is_inventory or bool(variables) or "[" in host
            plain.append(Entry(host, number))
            inventory.add_host(section, host, number, variables)
    # A plain list keeps its repeated lines, so that they are counted.
    return inventory.entries(notes) if is_inventory else plain


def _host_line(line: str, path: str, number: int) -> tuple[str, dict[str, str]]:
    if not _NEEDS_SPLITTING.search(line):
        return line, {}
    import shlex

    try:
        host, *rest = shlex.split(line)
    except ValueError:
        raise InputError(
            f"{quoted(line)} is no address: a quote is not closed", path=path, line=number
        ) from None
    variables: dict[str, str] = {}
    for word in rest:
        variable = _VARIABLE.match(word)
        if variable is None:
            raise InputError(f"{quoted(line)}: one address per line is expected", path=path, line=number)
        variables[variable[1]] = variable[2]
    return host, variables


def from_yaml(text: str, path: str, notes: list[str]) -> list[Entry]:
    """The agents of an inventory in Ansible's YAML format, or of a YAML list of addresses."""
    from calico_core.yaml.plain import read_documents

    documents = [document for document in read_documents(text, path, aliases=True) if document is not None]
    if len(documents) != 1:
        raise InputError("an inventory is one YAML document", path=path)
    document = documents[0]
    if isinstance(document, list) and all(isinstance(entry, str) for entry in document):
        return [Entry(entry) for entry in document]
    if not isinstance(document, dict):
        raise InputError("this is neither an Ansible inventory nor a list of addresses", path=path)
    return from_groups(document, path, notes)


def from_groups(document: dict[str, Any], path: str, notes: list[str]) -> list[Entry]:
    """The agents of an inventory's groups (``{"all": {"children": {…}}}``)."""
    inventory = _Inventory(path)
    waiting = _items(document)
    visited: set[tuple[str, int]] = set()
    while waiting:
        name, group, line = waiting.pop(0)
        inventory.add_group(name)
        if group is None:
            continue
        if not isinstance(group, dict) or not group.keys() <= {"hosts", "children", "vars"}:
            raise InputError(
                f"{quoted(name)} is no group of an Ansible inventory (hosts, children, vars)",
                path=path,
                line=line,
            )
        # A group may be written out in several places, and through aliases even within itself.
        if (name, id(group)) in visited:
            continue
        visited.add((name, id(group)))
        for host, variables, at in _hosts(group.get("hosts"), name, path, line):
            inventory.add_host(name, host, at, variables)
        if isinstance(group.get("vars"), dict):
            inventory.add_variables(group["vars"])
        children = group.get("children")
        if isinstance(children, dict):
            inventory.children.setdefault(name, []).extend(children)
            waiting.extend(_items(children))
        elif children is not None:
            raise InputError(f"the children of {quoted(name)} are no mapping", path=path, line=line)
    return inventory.entries(notes)


def from_listing(document: dict[str, Any], path: str, notes: list[str]) -> list[Entry]:
    """The agents of what ``ansible-inventory --list`` prints: groups with lists, variables in ``_meta``."""
    inventory = _Inventory(path)
    meta = document["_meta"]
    variables = meta.get("hostvars") if isinstance(meta, dict) else None
    of_host: dict[str, Any] = variables if isinstance(variables, dict) else {}
    for name, group in document.items():
        if name == "_meta" or not isinstance(group, dict):
            continue
        inventory.add_group(name)
        for host in _texts(group.get("hosts"), name, path):
            own = of_host.get(host)
            inventory.add_host(name, host, None, own if isinstance(own, dict) else {})
        inventory.children[name] = _texts(group.get("children"), name, path)
    return inventory.entries(notes)


def _items(mapping: dict[str, Any]) -> list[tuple[str, Any, int | None]]:
    from calico_core.yaml.plain import line_of

    return [(key, value, line_of(mapping, key)) for key, value in mapping.items()]


def _hosts(
    hosts: Any, group: str, path: str, line: int | None
) -> Iterator[tuple[str, dict[str, Any], int | None]]:
    if hosts is None:
        return
    if isinstance(hosts, str):
        yield hosts, {}, line
    elif isinstance(hosts, list):
        for host in _texts(hosts, group, path):
            yield host, {}, line
    elif isinstance(hosts, dict):
        for host, variables, at in _items(hosts):
            yield host, variables if isinstance(variables, dict) else {}, at
    else:
        raise InputError(f"the hosts of {quoted(group)} are no mapping", path=path, line=line)


def _texts(values: Any, group: str, path: str) -> list[str]:
    if values is None:
        return []
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise InputError(f"the group {quoted(group)} holds something that is no name", path=path)
    return list(values)


def _expanded(pattern: str) -> Iterator[str]:
    """The hosts of a pattern such as ``node[01:20].example`` (Ansible, "Adding ranges of hosts")."""
    match = _RANGE.search(pattern)
    if match is None:
        yield pattern
        return
    first, last, step = match[1], match[2], int(match[3] or 1)
    before, after = pattern[: match.start()], pattern[match.end() :]
    if step < 1 or first.isdigit() != last.isdigit():
        yield pattern
        return
    if first.isdigit():
        width = len(first) if first.startswith("0") else 0
        numbers = range(int(first), int(last) + 1, step)
        values: Iterator[str] = (f"{number:0{width}d}" for number in numbers)
    else:
        values = (chr(code) for code in range(ord(first), ord(last) + 1, step))
    for value in values:
        for rest in _expanded(after):
            yield before + value + rest
