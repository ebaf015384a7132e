"""What depends on an item that moves: whether it stays as well as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_migrate.cluster.applying import gates, looks
from calico_migrate.cluster.applying.gates import Judgement, Result
from calico_migrate.cluster.connection.failures import RefusedError, UnreachableError

if TYPE_CHECKING:
    from calico_migrate.cluster.applying.context import Context
    from calico_migrate.cluster.planning.document import Item


class Neighbours:
    """The items of the plan that depend on one, with the instances that were healthy when it began."""

    def __init__(self, context: Context, item: Item) -> None:
        self._context = context
        found = {
            key: self._healthy_of(key)
            for key, each in context.plan.items.items()
            if item.key in each.depends_on
        }
        self._before = {key: counts[0] for key, counts in found.items() if counts is not None}

    def judged(self) -> Judgement | None:
        """Whether each of them is as well as it was; None where nothing in the plan depends on the item."""
        if not self._before:
            return None
        for key, before in self._before.items():
            now, wanted = self._healthy_of(key) or (before, 0)
            # Fewer than before, and not because somebody wants fewer, nor because it is under way itself.
            if now < min(before, wanted) and key not in self._context.under_way:
                why = f"{key}, which depends on it, has {now} healthy instances and had {before}"
                return Judgement(Result.INCONCLUSIVE, why)
        return gates.PASSED

    def _healthy_of(self, key: str) -> tuple[int, int] | None:
        """How many instances of an item are healthy and how many there should be.

        None where nothing says it.
        """
        try:
            look = looks.whole(self._context.reader, self._context.plan.items[key])
        except (RefusedError, UnreachableError):
            return None
        return (gates.healthy(look), look.wanted) if look is not None and look.checked else None
