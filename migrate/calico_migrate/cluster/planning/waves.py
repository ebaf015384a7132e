"""In which order items are moved: a harmless one first, what is bound to its place last."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_migrate.cluster.planning import risks
from calico_migrate.cluster.planning.dependencies import topological
from calico_migrate.cluster.planning.document import WAVES, Item, Wave

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from calico_migrate.cluster.planning.definitions import Definition


_OWN_WAVES = {"job": "jobs", "package": "packages", "edgelb-pool": "edgelb"}


class Candidate(NamedTuple):
    """An item, its definition, and whether anything depends on it or it on anything."""

    item: Item
    definition: Definition
    connected: bool


def waves(candidates: Sequence[Candidate], canaries: int, named: Mapping[str, int]) -> tuple[Wave, ...]:
    """The waves of the items; of ``canaries`` items a canary wave, where so many are fit for it.

    No item comes before what it depends on: it is moved into that wave if need be. ``named`` are the items
    that are to start first inside their wave, by their place.
    """
    by_key = {each.item.key: each for each in candidates}
    chosen = _canaries(candidates, canaries)
    rank: dict[str, int] = {}
    order, circular = topological(by_key, {key: each.item.depends_on for key, each in by_key.items()})
    for key in (*order, *circular):
        each = by_key[key]
        own = WAVES.index("canary" if key in chosen else _wave(each))
        rank[key] = max([own, *(rank[target] for target in each.item.depends_on if target in rank)])
    place = {key: index for index, key in enumerate((*order, *circular))}
    found = []
    for index, name in enumerate(WAVES):
        members = sorted((key for key in by_key if rank[key] == index), key=place.__getitem__)
        if members:
            found.append(Wave(name, tuple(_in_order(members, by_key, named)), name == "canary"))
    return tuple(found)


def _in_order(members: Sequence[str], by_key: Mapping[str, Candidate], named: Mapping[str, int]) -> list[str]:
    """Within a wave: what is depended on first, then as it is named, else by id."""
    on = {key: by_key[key].item.depends_on for key in members}
    order, circular = topological(on, on)
    if named.keys().isdisjoint(on):
        return order + circular
    last = len(named)
    ranks = {key: named.get(key, last) for key in order}
    for key in reversed(order):
        for target in on[key]:
            # What a named item depends on is as urgent as that item is.
            if target in ranks:
                ranks[target] = min(ranks[target], ranks[key])
    return topological(ranks, on, ranks)[0] + circular


def _canaries(candidates: Sequence[Candidate], count: int) -> set[str]:
    """The smallest items that show most and risk least."""
    fit = [
        (each.item.roll.instances, each.item.id, each.item.key)
        for each in candidates
        if each.item.roll.instances >= 2
        and not each.connected
        and risks.has_health_check(each.item.kind, each.definition.body)
        and not risks.has_volume(each.definition.body)
        and not risks.has_vip(each.definition.body)
    ]
    return {key for _, _, key in sorted(fit)[:count]}


def _wave(candidate: Candidate) -> str:
    body = candidate.definition.body
    if candidate.item.kind in _OWN_WAVES:
        return _OWN_WAVES[candidate.item.kind]
    if candidate.item.roll.instances == 1 or risks.is_resident(body):
        return "stateful"
    return "vip" if risks.has_vip(body) else "plain"
