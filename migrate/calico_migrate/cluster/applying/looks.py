"""One look at an item of any kind, at the deployments that touch it, and at what Mesos says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_migrate.cluster import ids, mesos, paths
from calico_migrate.cluster.connection.failures import RefusedError, UnreachableError
from calico_migrate.cluster.connection.reading import is_list
from calico_migrate.cluster.kinds import index

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_migrate.cluster.connection.reading import Reader
    from calico_migrate.cluster.kinds.kind import RunSpec
    from calico_migrate.cluster.kinds.look import Look
    from calico_migrate.cluster.mesos import Framework
    from calico_migrate.cluster.planning.document import Item


def definition(reader: Reader, item: Item, *, within: float | None = None) -> Look | None:
    """A look at the content, and for an app at its instances; None where it does not exist.

    ``within`` shortens the time for outages.
    """
    return index.of(item).look(reader, item, within=within)


def whole(reader: Reader, item: Item) -> Look | None:
    """A look with the instances; None where it does not exist."""
    return index.of(item).whole(reader, item)


def deployments_of(reader: Reader, item: Item) -> list[str]:
    """The ids of all listed deployments that touch the item, or what carries it."""
    spec = index.of(item).run_spec(item)
    if spec is None:
        return []
    path = f"{ids.service(spec.service)}/v2/deployments"
    key = "affectedApps" if spec.kind == "app" else "affectedPods"
    found = []
    for each in reader.document(path, is_list).value:
        if isinstance(each, dict) and isinstance(each.get("id"), str):
            affected = each.get(key)
            if (isinstance(affected, list) and spec.id in affected) or _acts_on(each, spec):
                found.append(each["id"])
    return found


def frameworks(reader: Reader) -> list[Framework] | None:
    """What Mesos says of all frameworks; None where it cannot be read."""
    try:
        return mesos.frameworks_of(reader.document(paths.MESOS_STATE).value)
    except (RefusedError, UnreachableError):
        return None


def _acts_on(deployment: Mapping[str, Any], spec: RunSpec) -> bool:
    """Whether a step of a deployment touches the app or pod."""
    steps = [each for each in deployment.get("steps") or () if isinstance(each, dict)]
    actions = [*(deployment.get("currentActions") or ())]
    actions += [action for step in steps for action in step.get("actions") or ()]
    return any(isinstance(action, dict) and action.get(spec.kind) == spec.id for action in actions)
