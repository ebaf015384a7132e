"""The pools of Edge-LB in a file, and what is to be said where an app behind one loses its host port."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_core.spans import Lines
from calico_migrate.marathon.definitions import walk
from calico_migrate.marathon.languages import Language, language_of
from calico_migrate.marathon.parsed import recognition
from calico_migrate.marathon.parsed.backends import AGENT_ADDRESS, backends_at_agents
from calico_migrate.marathon.rules import agent_ip_backend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calico_core.findings import Finding
    from calico_migrate.marathon.definitions import Definition


def behind_pools(path: str, text: str) -> Iterator[tuple[str, Finding]]:
    """The apps behind the pools of a file that are reached at their agents, with the warning about each."""
    if language_of(path, text) is Language.YAML:
        yield from _in_yaml(text)
        return
    lines = Lines(text)
    pools: list[Definition] = []
    walk(text, pools.append)
    for pool in pools:
        if pool.kind == "edgelb-pool":
            for backend in backends_at_agents(pool.value):
                line, column = lines.position(pool.offset(backend.path))
                at, name = pool.pointer(backend.path), pool.identity.resolved()
                yield backend.app, agent_ip_backend.finding(backend.app, at, line, column, name)


def _in_yaml(text: str) -> Iterator[tuple[str, Finding]]:
    from calico_core.json.pointers import pointer
    from calico_core.yaml.composing import compose
    from calico_migrate.marathon.yaml.rewriting import DIALECT
    from calico_migrate.marathon.yaml.values import Values

    numbers = (number for number, line in enumerate(text.splitlines(), 1) if AGENT_ADDRESS in line)
    for document in compose(text, DIALECT):
        value: Any = Values().of(document.root)
        for place in recognition.places(value):
            if place.kind == "edgelb-pool":
                for backend in backends_at_agents(place.value):
                    at, name = pointer((*place.path, *backend.path)), recognition.identity(*place[::2])
                    yield (
                        backend.app,
                        agent_ip_backend.finding(backend.app, at, next(numbers, None), None, name),
                    )
