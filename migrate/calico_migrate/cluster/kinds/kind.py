"""What every kind of item answers: how it is read, what is sent, and what carries it.

An item of any kind goes the same way: its content is read, compared, edited and sent, and evidence is waited
for. Only what is here differs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_migrate.cluster.connection.reading import Reader
    from calico_migrate.cluster.ids import Kind
    from calico_migrate.cluster.kinds.look import Look
    from calico_migrate.cluster.planning.document import Item


class RunSpec(NamedTuple):
    """An app or pod of a Marathon."""

    kind: Kind
    service: str
    id: str


class ItemKind(Protocol):
    """One kind of item.

    ``server`` is whose API it is; with ``alone`` nothing else is under way together with such an item; with
    ``is_late`` a request that was taken may still be about to have its effect.
    """

    server: str
    alone: bool
    is_late: bool

    def run_spec(self, item: Item) -> RunSpec | None:
        """The app or pod that carries it, which deployments and queues name; None where nothing does."""

    def path(self, item: Item) -> str:
        """Where its new content is sent."""

    def look(self, reader: Reader, item: Item, *, within: float | None) -> Look | None:
        """A look at its content; None where it does not exist. ``within`` shortens the time for outages."""

    def whole(self, reader: Reader, item: Item) -> Look | None:
        """A look with its instances; None where it does not exist."""

    def payload(self, item: Item, look: Look, content: dict[str, Any]) -> dict[str, Any]:
        """What is sent so that this becomes its content."""

    def contents(self, reader: Reader, items: Mapping[str, Item]) -> Mapping[str, Mapping[str, Any]]:
        """The contents of these items, by key, in few requests; absent ones are left out."""
