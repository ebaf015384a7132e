"""What depends on what: apps on apps, and groups on groups with everything in them.

Marathon orders only within one deployment; single updates are unordered, so that a plan has to order them,
what is depended on first (core/deployment/DeploymentPlan.scala:214-280).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from calico_migrate.cluster.planning.definitions import Definition


class Dependencies:
    """The dependencies of one Marathon's apps and pods, by id."""

    def __init__(self, definitions: Sequence[Definition], groups: Any) -> None:
        self._ids = sorted(each.id for each in definitions)
        self._known = set(self._ids)
        self._on: dict[str, set[str]] = {}
        for each in definitions:
            holder = each.id.rpartition("/")[0] or "/"
            self._add([each.id], each.body.get("dependencies"), holder)
        for path, listed in _groups(groups, "/"):
            self._add(list(self._below(path)), listed, path.rpartition("/")[0] or "/")
        self._depended_on = {target for targets in self._on.values() for target in targets}

    def has_any(self, item: str) -> bool:
        """Whether it depends on anything, or anything on it."""
        return bool(self._on.get(item)) or item in self._depended_on

    def nearest(self, item: str, planned: Collection[str]) -> set[str]:
        """The planned items that it depends on, directly or by others that are not planned."""
        found: set[str] = set()
        met = {item}
        pending = list(self._on.get(item, ()))
        while pending:
            each = pending.pop()
            if each in met:
                continue
            met.add(each)
            if each in planned:
                found.add(each)
            else:
                pending += self._on.get(each, ())
        return found

    def _add(self, items: Iterable[str], listed: Any, holder: str) -> None:
        targets = {
            target
            for named in (listed if isinstance(listed, list) else ())
            if isinstance(named, str)
            for target in self._named(_absolute(named, holder))
        }
        for item in items:
            own = targets - {item}
            if own:
                self._on.setdefault(item, set()).update(own)

    def _named(self, path: str) -> Iterator[str]:
        """The app or pod with this id, else all below the group with this id."""
        if path in self._known:
            yield path
        else:
            yield from self._below(path)

    def _below(self, path: str) -> Iterator[str]:
        from bisect import bisect_left

        prefix = path if path.endswith("/") else path + "/"
        start = bisect_left(self._ids, prefix)
        for item in self._ids[start:]:
            if not item.startswith(prefix):
                return
            yield item


def topological(
    keys: Collection[str], on: Mapping[str, Collection[str]], ranks: Mapping[str, int] | None = None
) -> tuple[list[str], list[str]]:
    """The keys, each behind what it depends on, else by rank and name.

    And those that depend on each other in a circle.
    """
    import heapq

    waiting = {key: {each for each in on.get(key, ()) if each in keys} for key in keys}
    followers: dict[str, list[str]] = {}
    for key, targets in waiting.items():
        for target in targets:
            followers.setdefault(target, []).append(key)
    places = ranks or {}
    ready = [(places.get(key, 0), key) for key, targets in waiting.items() if not targets]
    heapq.heapify(ready)
    order: list[str] = []
    while ready:
        _, key = heapq.heappop(ready)
        order.append(key)
        for follower in followers.get(key, ()):
            waiting[follower].discard(key)
            if not waiting[follower]:
                heapq.heappush(ready, (places.get(follower, 0), follower))
    placed = set(order)
    return order, sorted(key for key in keys if key not in placed)


def _groups(group: Any, path: str) -> Iterator[tuple[str, Any]]:
    pending: list[tuple[Any, str]] = [(group, path)]
    while pending:
        each, holder = pending.pop()
        if not isinstance(each, dict):
            continue
        name = each.get("id")
        own = _absolute(name, holder) if isinstance(name, str) else holder
        if each.get("dependencies"):
            yield own, each["dependencies"]
        inner = each.get("groups")
        pending += [(one, own) for one in inner] if isinstance(inner, list) else []


def _absolute(path: str, holder: str) -> str:
    """An id as it is meant within a group (state/PathId.scala, canonicalPath)."""
    steps = path.split("/") if path.startswith("/") else [*holder.split("/"), *path.split("/")]
    found: list[str] = []
    for step in steps:
        if step == "..":
            found = found[:-1]
        elif step not in ("", "."):
            found.append(step)
    return "/" + "/".join(found)
