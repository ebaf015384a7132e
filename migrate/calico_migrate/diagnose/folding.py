"""From what rules found to what is reported: the same on several nodes is one finding, a cause names what
follows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_migrate.diagnose.estate.evidence import Evidence
    from calico_migrate.diagnose.judgement import Found, Judgement

MOST_EVIDENCE = 8


class Folded(NamedTuple):
    """A finding as it is reported: ``node`` where it is about one node, ``nodes`` where about several or a
    pair.

    ``because`` are the rules of the findings that explain it, ``details`` what differs from node to node.
    """

    rule: Judgement
    message: str
    hint: str
    node: str
    nodes: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    because: tuple[str, ...]
    details: tuple[tuple[str, str], ...] = ()

    @property
    def places(self) -> tuple[str, ...]:
        """Every node that it is about."""
        return self.nodes or ((self.node,) if self.node else ())


def fold(found: Sequence[Found]) -> list[Folded]:
    """The findings, worst first, each once; a cause stands before what follows from it."""
    groups: dict[tuple[str, str, str], list[Found]] = {}
    for each in found:
        groups.setdefault((each.rule.id, each.message, each.hint), []).append(each)
    folded = [_one(group) for group in groups.values()]
    where: dict[str, set[str]] = {}
    for one in folded:
        where.setdefault(one.rule.id, set()).update(one.places or ("",))
    folded = [one._replace(because=_causes(one, where)) for one in folded]
    return sorted(
        folded, key=lambda one: (-one.rule.severity.rank, bool(one.because), one.rule.id, one.places)
    )


def _one(group: Sequence[Found]) -> Folded:
    first = group[0]
    nodes = tuple(
        dict.fromkeys(node for each in group for node in (each.nodes or ((each.node,) if each.node else ())))
    )
    evidence = tuple(dict.fromkeys(piece for each in group for piece in each.evidence))[:MOST_EVIDENCE]
    single = len(nodes) == 1 and not first.nodes
    return Folded(
        first.rule,
        first.message,
        first.hint,
        nodes[0] if single else "",
        () if single else nodes,
        evidence,
        (),
        tuple((each.node, each.detail) for each in group if each.detail),
    )


def _causes(each: Folded, where: dict[str, set[str]]) -> tuple[str, ...]:
    places = set(each.places)
    return tuple(
        cause
        for cause in each.rule.causes
        if cause in where and (not places or "" in where[cause] or places & where[cause])
    )
