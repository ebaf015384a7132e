"""What depends across files: who reaches an app where it will not be any more.

An app under Docker loses its host port on Calico; an Edge-LB backend that asks for the agent's address, and a
client that names the app with that port, find nobody there. An app that moves while what it waits for stays
behind is on another network than that.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from calico_migrate.marathon.parsed import attachments as attached
from calico_migrate.marathon.parsed.backends import backends_at_agents
from calico_migrate.survey.definitions import Spot
from calico_migrate.survey.place import OPEN, State

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from calico_core.json.pointers import Path
    from calico_migrate.marathon.definitions import Definition
    from calico_migrate.survey.names import Names

# What stands in front of `.marathon.` in an app's DNS name, and what stands behind it with a port.
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-."
_REST = re.compile(
    r"\.marathon\.(?:(?:slave\.)?mesos|(?:agentip|autoip)\.dcos\.thisdcos\.directory):(\d{1,5})", re.ASCII
)
_MARK = ".marathon."
_LONGEST_NAME = 253
"""Characters of a DNS name, RFC 1035 section 2.3.4."""


class Client(NamedTuple):
    """Where a text names an app by its DNS name and a port."""

    path: str
    start: int
    name: str
    port: int


class Known(NamedTuple):
    """A definition of the run: where it stands, what it is called, and the states of its places."""

    path: str
    definition: Definition
    id: str
    states: set[State]


class Index:
    """The definitions of a run by their ids, and who names them."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._known: dict[str, Known] = {}
        self._pools: list[Known] = []
        self._clients: list[Client] = []

    def add(
        self, path: str, definitions: Sequence[tuple[Definition, str | None]], spots: Sequence[Spot]
    ) -> None:
        """Takes note of the definitions of a file."""
        relevant = [pair for pair in definitions if _matters(pair[0])]
        if not relevant:
            return
        states: dict[str | None, set[State]] = {}
        for spot in spots:
            found = states.get(spot.id)
            if found is None:
                states[spot.id] = {spot.state}
            else:
                found.add(spot.state)
        nothing: set[State] = set()
        for definition, identity in relevant:
            known = Known(path, definition, identity or "", states.get(identity, nothing))
            if definition.kind == "edgelb-pool":
                self._pools.append(known)
            elif identity:
                self._known[identity] = known

    def add_clients(self, path: str, text: str) -> None:
        """Takes note of who names an app by its DNS name and a port."""
        place = text.find(_MARK)
        while place >= 0:
            rest = _REST.match(text, place)
            if rest is not None:
                before = text[max(0, place - _LONGEST_NAME) : place]
                front = before.rstrip(_LETTERS)
                name = before[len(front) :]
                if name[:1].isalnum() and not front[-1:].isalnum() and front[-1:] != "_":
                    self._clients.append(Client(path, place - len(name), name, int(rest[1])))
            place = text.find(_MARK, place + 1)

    def consequences(self) -> Iterator[tuple[str, Spot]]:
        """What depends on a move, file by file."""
        losing = {known.id: ports for known in self._known.values() if (ports := _lost_ports(known))}
        by_name = {_dns_name(identity): (identity, ports) for identity, ports in losing.items()}
        for client in self._clients:
            identity, ports = by_name.get(client.name, ("", {0}))
            if client.port in ports and identity:
                why = f"{identity} loses its host port {client.port} when it moves; use its address or a VIP"
                yield client.path, Spot(client.start, State.DEPENDS, self._names.default, None, None, why)
        for pool in self._pools:
            for path, _, service in backends_at_agents(pool.definition.value):
                if service in losing:
                    why = f"it asks for the agent's address; {service} loses its host port when it moves"
                    yield pool.path, self._spot(pool, path, why)
        for known in self._known.values():
            yield from self._dependencies(known)

    def _dependencies(self, known: Known) -> Iterator[tuple[str, Spot]]:
        dependencies = known.definition.value.get("dependencies")
        if State.TO_MOVE not in known.states or not isinstance(dependencies, list):
            return
        for index, dependency in enumerate(dependencies):
            other = self._known.get(_absolute(dependency, known.id)) if isinstance(dependency, str) else None
            if other is not None and other.states & OPEN and State.TO_MOVE not in other.states:
                why = f"{known.id} waits for {other.id}, which no command moves: they part for a while"
                yield known.path, self._spot(known, ("dependencies", index), why)

    def _spot(self, known: Known, path: Path, why: str) -> Spot:
        definition = known.definition
        return Spot(
            definition.offset(path),
            State.DEPENDS,
            self._names.default,
            definition.pointer(path),
            known.id,
            why,
        )


def _matters(definition: Definition) -> bool:
    """Whether anything can depend on a definition, or it on others: jobs have neither ports nor names."""
    return definition.kind in ("app", "edgelb-pool", "pod")


def _lost_ports(known: Known) -> set[int]:
    """The host ports that an app loses when it moves: under Docker, on a network that moves."""
    definition = known.definition
    if definition.kind != "app" or definition.record.runtime == "ucr" or State.TO_MOVE not in known.states:
        return set()
    return {
        port
        for _, mapping in attached.port_mappings(definition.value)
        if type(port := mapping.get("hostPort")) is int
    }


def _dns_name(identity: str) -> str:
    """What Mesos-DNS calls an app: the parts of its id from the last to the first."""
    return "-".join(reversed([step for step in identity.split("/") if step]))


def _absolute(dependency: str, identity: str) -> str:
    if dependency.startswith("/"):
        return dependency
    import posixpath

    return posixpath.normpath(posixpath.join(posixpath.dirname(identity) or "/", dependency))
