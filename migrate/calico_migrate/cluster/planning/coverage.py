"""Which frameworks Mesos has, and whether a plan saw what they run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_core.json import scanning
from calico_migrate.cluster import ids, mesos
from calico_migrate.cluster.planning.document import Coverage
from calico_migrate.cluster.snapshot import parts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from calico_migrate.cluster.mesos import Framework
    from calico_migrate.cluster.planning.document import Item
    from calico_migrate.cluster.pools import Pools
    from calico_migrate.cluster.snapshot.manifest import Snapshot


def frameworks(snapshot: Snapshot) -> list[Framework] | None:
    """What Mesos said of all frameworks, None where its state was not read.

    Raises InputError where it is no JSON.
    """
    text = snapshot.bodies.get(parts.MESOS)
    return mesos.frameworks_of(scanning.loads(text)) if text is not None else None


def coverage(
    found: Sequence[Framework],
    infos: Iterable[Mapping[str, Any]],
    items: Iterable[Item],
    new: Collection[str],
    pools: Pools,
    *,
    jobs: bool,
) -> tuple[Coverage, ...]:
    """Each framework with its tasks by network, and whether it was read.

    Those that were are the Marathons with these ``infos``, the schedulers of the items, and Metronome where
    its ``jobs`` were.
    """
    said = [info.get("frameworkId") for info in infos]
    read = {each for each in said if isinstance(each, str)}
    if jobs:
        read |= {each.id for each in found if each.name == ids.METRONOME}
    read |= {item.scheduler.framework or "" for item in items if item.scheduler is not None}
    return tuple(Coverage(each.id, each.name, each.id in read, each.counts(new, pools)) for each in found)
