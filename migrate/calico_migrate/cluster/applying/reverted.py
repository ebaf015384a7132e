"""What was moved and verified, and was put back since: by a pipeline that has the old file, for example."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_migrate.cluster import bodies, edits
from calico_migrate.cluster.applying.states import State
from calico_migrate.cluster.kinds.index import KINDS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from calico_migrate.cluster.applying.fold import Record
    from calico_migrate.cluster.connection.reading import Reader
    from calico_migrate.cluster.planning.document import Item, Plan

WHY = "it was moved, and somebody put it back since; it is sent again only by name"
CHANGED = "it was moved, and somebody put it back since and changed it besides"


def reverted(
    reader: Reader, plan: Plan, records: Mapping[str, Record], keys: Collection[str]
) -> dict[str, bool]:
    """Those of these items that are verified by their records, and on their old networks by what they are.

    The value says whether they are exactly as before. Raises what `Reader.document` raises.
    """
    found: dict[str, bool] = {}
    for name, kind in KINDS.items():
        items = {
            key: item
            for key, item in plan.items.items()
            if key in keys and item.kind == name and key in records and records[key].state is State.VERIFIED
        }
        contents = kind.contents(reader, items) if items else {}
        for key, content in contents.items():
            exactly = bodies.digest(content) == items[key].before
            if exactly or _is_unmoved(items[key], content):
                found[key] = exactly
    return found


def _is_unmoved(item: Item, content: Mapping[str, Any]) -> bool:
    """Whether all that the plan changes is there as it was."""
    try:
        edits.applied(dict(content), item.edits)
    except edits.MismatchError:
        return False
    return True
