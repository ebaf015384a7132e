"""What several files say only together: pools of Edge-LB and the apps behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.findings import Severity, in_order

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from calico_core.findings import Finding
    from calico_migrate.rewriting.outcome import Outcome


class Together:
    """Keeps the outcomes of pools back until all apps are known; the others go on at once."""

    def __init__(self) -> None:
        self._losing: set[str] = set()
        self._pools: list[Outcome] = []

    def take(self, outcome: Outcome) -> Iterator[Outcome]:
        """The outcome, unless it has to wait."""
        self._losing.update(_losing_a_port(outcome.report.findings))
        if _reaches_agents(outcome):
            self._pools.append(outcome)
        else:
            yield outcome

    def rest(self) -> Iterator[Outcome]:
        """The outcomes that waited, with what is to be said of their backends."""
        for outcome in self._pools:
            told = [each for each in _behind(outcome) if each[0] in self._losing]
            if told:
                findings = in_order([*outcome.report.findings, *(finding for _, finding in told)])
                yield outcome._replace(report=outcome.report._replace(findings=findings))
            else:
                yield outcome


def _losing_a_port(findings: Sequence[Finding]) -> Iterator[str]:
    """The apps that lose a host port, which is an error; most files have none of these."""
    errors = [found for found in findings if found.severity is Severity.ERROR]
    if errors:
        from calico_migrate.marathon.parsed.backends import absolute
        from calico_migrate.marathon.rules import docker_host_port

        for found in errors:
            if found.rule == docker_host_port.RULE.id and found.id is not None:
                yield absolute(found.id)


def _reaches_agents(outcome: Outcome) -> bool:
    """Whether there may be a pool that reaches an app at its agent's address."""
    if outcome.report.error is not None or outcome.report.skipped or not outcome.has_pools:
        return False
    from calico_migrate.marathon.parsed.backends import AGENT_ADDRESS

    return AGENT_ADDRESS in (outcome.text or "")


def _behind(outcome: Outcome) -> Iterator[tuple[str, Finding]]:
    from calico_migrate.marathon.pools import behind_pools

    return behind_pools(outcome.report.path, outcome.text or "")
