"""Which items a run is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.errors import UsageError
from calico_core.legible import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_migrate.cluster.planning.document import Plan


def selected(plan: Plan, items: Sequence[str], waves: Sequence[str]) -> list[str]:
    """The keys of the items that are asked for, in the plan's order; all where nothing is.

    An item is named by its key, or by its id where only one item has it. Raises UsageError for an unknown
    one.
    """
    order = [key for wave in plan.waves for key in wave.items]
    if not items and not waves:
        return order
    known = {wave.name: wave.items for wave in plan.waves}
    chosen: set[str] = set()
    for name in waves:
        if name not in known:
            raise UsageError(f"--wave {quoted(name)}: the plan has {', '.join(known) or 'no waves'}")
        chosen.update(known[name])
    for name in items:
        found = [key for key in order if name in (key, plan.items[key].id)]
        if len(found) != 1:
            why = (
                "is an item of several Marathons; name it with its path"
                if found
                else "is no item of the plan"
            )
            held = next(
                (
                    entry
                    for entry in plan.by_hand
                    if entry.item.partition(":")[2] == name or entry.item == name
                ),
                None,
            )
            if held is not None and not found:
                why = f"stays by hand: {held.rule}"
            raise UsageError(f"--item {quoted(name)} {why}")
        chosen.add(found[0])
    return [key for key in order if key in chosen]
