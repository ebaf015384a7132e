"""What several files say only together: pools of Edge-LB and the apps behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_core.findings import in_order
from calico_core.spans import Lines
from calico_migrate.marathon.definitions import walk
from calico_migrate.marathon.languages import Language, language_of
from calico_migrate.marathon.parsed import recognition
from calico_migrate.marathon.parsed.backends import AGENT_ADDRESS, absolute, backends_at_agents
from calico_migrate.marathon.rules import agent_ip_backend, docker_host_port

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calico_core.findings import Finding
    from calico_migrate.marathon.definitions import Definition
    from calico_migrate.rewriting.outcome import Outcome


class Together:
    """Keeps the outcomes of pools back until all apps are known; the others go on at once."""

    def __init__(self) -> None:
        self._losing: set[str] = set()
        self._pools: list[Outcome] = []

    def take(self, outcome: Outcome) -> Iterator[Outcome]:
        """The outcome, unless it has to wait."""
        for found in outcome.report.findings:
            if found.rule == docker_host_port.RULE.id and found.id is not None:
                self._losing.add(absolute(found.id))
        if (
            outcome.report.error is None
            and not outcome.report.skipped
            and outcome.has_pools
            and AGENT_ADDRESS in (outcome.text or "")
        ):
            self._pools.append(outcome)
        else:
            yield outcome

    def rest(self) -> Iterator[Outcome]:
        """The outcomes that waited, with what is to be said of their backends."""
        for outcome in self._pools:
            told = [each for each in _findings(outcome) if each[0] in self._losing]
            if told:
                findings = in_order([*outcome.report.findings, *(finding for _, finding in told)])
                yield outcome._replace(report=outcome.report._replace(findings=findings))
            else:
                yield outcome


def _findings(outcome: Outcome) -> Iterator[tuple[str, Finding]]:
    """The apps behind the pools of a file that are reached at their agents, with the warning about each."""
    text = outcome.text or ""
    if language_of(outcome.report.path, text) is Language.YAML:
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
