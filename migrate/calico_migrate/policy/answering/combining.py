"""What a cell of a matrix comes to for one port: what its source lets out and its target in, together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_migrate.policy.answering.cells import PortCase
from calico_migrate.policy.answering.sides import describe_addresses
from calico_migrate.policy.answering.simulation import arriving
from calico_migrate.policy.answering.wording import Step

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from calico_migrate.policy.cluster.model import Model, Party

HERE, THERE = "source", "target"
"""What the two ends of a cell are called in its traces."""


class Entry(NamedTuple):
    """A decision as one cell sees it: for which own and which peer's addresses it holds."""

    at: int
    peers: int
    allowed: bool
    trace: int


class Combiner:
    """Puts two sides together; ``number`` keeps a trace and answers with its number."""

    def __init__(self, model: Model, *, same_agent: bool, number: Callable[[tuple[Step, ...]], int]) -> None:
        self._model = model
        self._same_agent = same_agent
        self._number = number

    def cases(
        self, here: Party, there: Party, outgoing: Sequence[Entry], incoming: Sequence[Entry]
    ) -> tuple[PortCase, ...]:
        """How one port's flow can go, one case where all agree; a side without entries has no policy."""
        out_entries, in_entries = outgoing or (None,), incoming or (None,)
        unpoliced = bool(incoming) and self._same_agent and not here.on_calico
        cases: dict[tuple[bool, tuple[int, ...]], PortCase] = {}
        for out in out_entries:
            if out is not None and not out.allowed:
                when = self._when((here, out.at), (there, out.peers)) if len(out_entries) > 1 else ""
                cases.setdefault((False, (out.trace,)), PortCase(False, when, (out.trace,)))
                continue
            first = (out.trace,) if out is not None else ()
            for into in in_entries:
                if into is None or unpoliced:
                    traces = (*first, self._unpoliced(here, same_agent=unpoliced))
                    when = self._when((here, out.at), (there, out.peers)) if out is not None else ""
                    cases.setdefault((True, traces), PortCase(True, when, traces))
                    continue
                mine, theirs = into.peers, into.at
                if out is not None:
                    mine, theirs = mine & out.at, theirs & out.peers
                    if not mine or not theirs:
                        continue
                traces = (*first, into.trace)
                case = PortCase(into.allowed, self._when((here, mine), (there, theirs)), traces)
                cases.setdefault((into.allowed, traces), case)
        found = tuple(cases.values())
        agree = len({case.allowed for case in found}) == 1
        return (found[0]._replace(when=""),) if agree else found

    def _unpoliced(self, here: Party, *, same_agent: bool) -> int:
        if same_agent:
            why = "the source is on the same agent, and what an agent sends to its containers is not policed"
        elif here.on_calico:
            why = "the target is no Calico endpoint, so that nothing polices what arrives"
        else:
            why = "neither side is a Calico endpoint, so that no policy applies"
        return self._number((Step("ingress", THERE, None, None, "Allow", why),))

    def _when(self, here: tuple[Party, int], there: tuple[Party, int]) -> str:
        parts = []
        for words, mask, spans in (
            ("the source's address", here[1], arriving(self._model, here[0])),
            ("the target's address", there[1], there[0].spans),
        ):
            text = describe_addresses(self._model.pieces(spans), mask)
            if text:
                parts.append(f"{words} is in {text}")
        return " and ".join(parts)
