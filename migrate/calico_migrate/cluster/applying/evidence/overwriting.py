"""Whether somebody wrote between our look at an app and our request, as Marathon's list of versions says."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_core.legible import legible
from calico_migrate.cluster import bodies, ids
from calico_migrate.cluster.connection.failures import RefusedError, UnreachableError
from calico_migrate.cluster.connection.reading import has_list
from calico_migrate.cluster.kinds import index

if TYPE_CHECKING:
    from calico_migrate.cluster.connection.reading import Reader
    from calico_migrate.cluster.planning.document import Item


class Overwritten(NamedTuple):
    """Why something was overwritten, empty where nothing was; and what else should be known."""

    why: str = ""
    note: str = ""


def overwritten(reader: Reader, item: Item, origin: str, saw: str, version: str) -> Overwritten:
    """What came between the version that was seen and ours; only apps have versions that say it.

    ``origin`` is the digest that the item had before our request: an app that was only scaled has it still.
    """
    spec = index.of(item).run_spec(item)
    if spec is None or spec.kind != "app":
        return Overwritten()
    path = ids.app(spec.service, spec.id, "versions")
    try:
        listed = reader.document(path, has_list("versions")).value["versions"]
    except (RefusedError, UnreachableError) as error:
        return Overwritten(
            note=f"its versions cannot be read, so that nobody saw whether a change was overwritten: {error}"
        )
    if version not in listed:
        return Overwritten(note="its version is not in Marathon's list any more; that check is left out")
    before = listed[listed.index(version) + 1 :]
    if not before or before[0] == saw:
        return Overwritten()
    between = legible(str(before[0]))
    if _was_only_scaled(reader, item, origin, ids.old_version("app", spec.service, spec.id, str(before[0]))):
        return Overwritten(note=f"it was scaled to the version {between} just before; that was kept")
    return Overwritten(
        f"somebody wrote the version {between} between our look at {legible(saw)} and our request, which"
        " overwrote it"
    )


def _was_only_scaled(reader: Reader, item: Item, origin: str, path: str) -> bool:
    try:
        old = reader.document(path, within=0).value
    except (RefusedError, UnreachableError):
        return False
    return isinstance(old, dict) and bodies.digest_of(item.kind, old) == origin
