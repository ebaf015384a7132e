"""Edge-LB's pools: replaced as a whole, and carried out by the scheduler of each.

Edge-LB's sources are closed: that a pool was taken does not say that its scheduler knows of it already. So no
restart of the scheduler's app is waited for, and Mesos is asked until its tasks are where they should be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_migrate.cluster import bodies, ids, paths
from calico_migrate.cluster.connection.reading import is_list, is_object
from calico_migrate.cluster.kinds import run_specs, scheduling
from calico_migrate.cluster.kinds.kind import RunSpec
from calico_migrate.cluster.kinds.look import Look

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_migrate.cluster.connection.reading import Reader
    from calico_migrate.cluster.planning.document import Item

_COUNT = "count"


class BalancerKind:
    """Pools of load balancers, one at a time."""

    server = "Edge-LB"
    alone = True
    is_late = True

    def run_spec(self, item: Item) -> RunSpec | None:
        """The app of its scheduler."""
        return None if item.scheduler is None else RunSpec("app", paths.ROOT_MARATHON, _app(item))

    def path(self, item: Item) -> str:
        """Its own address."""
        return ids.pool(item.id)

    def look(self, reader: Reader, item: Item, *, within: float | None) -> Look | None:
        """The pool, and whether its plan is at rest."""
        look = self._pool(reader, item, within)
        if look is None or item.scheduler is None:
            return look
        return scheduling.at_rest(reader, item.scheduler, look)

    def whole(self, reader: Reader, item: Item) -> Look | None:
        """The pool, and the instances of its scheduler's app."""
        look = self._pool(reader, item, None)
        app = run_specs.app(reader, paths.ROOT_MARATHON, _app(item)) if look is not None else None
        if look is None or app is None:
            return None
        # Whether and when Edge-LB restarts the app is its own affair, and the app's versions say nothing.
        return app._replace(content=look.content, digest=look.digest, version="", config="")

    def payload(self, item: Item, look: Look, content: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002
        """The content with as many load balancers as there are to be now."""
        return {**content, _COUNT: look.body[_COUNT]} if _COUNT in look.body else content

    def contents(self, reader: Reader, items: Mapping[str, Item]) -> dict[str, dict[str, Any]]:
        """One list; nothing where there is no Edge-LB."""
        listed = reader.value_or_none(ids.pools(), is_list, route_may_miss=True)
        return run_specs.contents_of("edgelb-pool", ids.EDGELB, listed or (), items, "name")

    def _pool(self, reader: Reader, item: Item, within: float | None) -> Look | None:
        pool = reader.value_or_none(ids.pool(item.id), is_object, within=within)
        if pool is None:
            return None
        content = bodies.stripped("edgelb-pool", pool)
        return Look(pool, content, bodies.digest(content))


def _app(item: Item) -> str:
    return f"/{item.scheduler.service if item.scheduler is not None else item.id}"
