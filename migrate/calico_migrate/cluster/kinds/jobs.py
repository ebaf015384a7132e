"""Jobs: a PUT replaces one without a restart; its next run takes the new definition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_migrate.cluster import bodies, ids
from calico_migrate.cluster.connection.reading import is_list, is_object
from calico_migrate.cluster.kinds import run_specs
from calico_migrate.cluster.kinds.look import Look

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_migrate.cluster.connection.reading import Reader
    from calico_migrate.cluster.planning.document import Item


class JobKind:
    """Jobs of Metronome, which have neither a version nor a lock."""

    server = "Metronome"
    alone = False
    is_late = False

    def run_spec(self, item: Item) -> None:  # noqa: ARG002
        """A job is no app."""
        return

    def path(self, item: Item) -> str:
        """Its own address."""
        return ids.job(item.id)

    def look(self, reader: Reader, item: Item, *, within: float | None) -> Look | None:
        """The job."""
        job = reader.value_or_none(ids.job(item.id), is_object, within=within)
        if job is None:
            return None
        content = bodies.stripped("job", job)
        return Look(job, content, bodies.digest(content))

    def whole(self, reader: Reader, item: Item) -> Look | None:
        """The same: it has no instances that would restart."""
        return self.look(reader, item, within=None)

    def payload(self, item: Item, look: Look, content: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002
        """The content: what is not in it is gone."""
        return content

    def contents(self, reader: Reader, items: Mapping[str, Item]) -> dict[str, dict[str, Any]]:
        """One list; nothing where there is no Metronome."""
        listed = reader.value_or_none(ids.jobs(), is_list, route_may_miss=True)
        return run_specs.contents_of("job", ids.METRONOME, listed or (), items)
