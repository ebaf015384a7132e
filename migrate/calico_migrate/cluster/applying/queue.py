"""Why a roll waits: which offers Marathon declined for it, and why (NoOfferMatchReason.scala)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_core.legible import legible
from calico_migrate.cluster import ids
from calico_migrate.cluster.connection.failures import RefusedError, UnreachableError
from calico_migrate.cluster.connection.reading import has_list
from calico_migrate.cluster.kinds import index

if TYPE_CHECKING:
    from calico_migrate.cluster.connection.reading import Reader
    from calico_migrate.cluster.planning.document import Item


def reasons(reader: Reader, item: Item) -> str:
    """The reasons with their counts, empty where none are known."""
    carrier = index.of(item).run_spec(item)
    if carrier is None:
        return ""
    path = f"{ids.service(carrier.service)}/v2/queue"
    try:
        listed = reader.document(path, has_list("queue"), within=0).value["queue"]
    except (RefusedError, UnreachableError):
        return ""
    for entry in listed:
        spec = entry.get(carrier.kind) if isinstance(entry, dict) else None
        if isinstance(spec, dict) and spec.get("id") == carrier.id:
            return ", ".join(_declined(entry))
    return ""


def _declined(entry: dict[str, Any]) -> list[str]:
    summary = entry.get("processedOffersSummary")
    last = summary.get("rejectSummaryLastOffers") if isinstance(summary, dict) else None
    return [
        f"{legible(str(each.get('reason')), 60)} {each['declined']} of {each.get('processed')}"
        for each in (last if isinstance(last, list) else ())
        if isinstance(each, dict) and isinstance(each.get("declined"), int) and each["declined"] > 0
    ]
