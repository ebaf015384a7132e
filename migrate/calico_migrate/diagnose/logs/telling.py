"""How often a line was seen, and when last, in words."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from calico_migrate.diagnose.bundle.undecided import UndecidedError

if TYPE_CHECKING:
    from calico_migrate.diagnose.estate.evidence import Evidence
    from calico_migrate.diagnose.estate.machine import Machine
    from calico_migrate.diagnose.logs.scanning import Hits

_OVER = timedelta(minutes=30)


def times(machine: Machine, hits: Hits) -> str:
    """``12 times, last 3 hours before the bundle was made``."""
    count = "once" if hits.seen == 1 else f"{hits.seen:,} times"
    return f"{count}{age(hits.last.time, machine.collected_at)}"


def age(seen: datetime | None, collected: datetime | None) -> str:
    """How long before the bundle was made, and whether that is over; empty where a time is missing."""
    if seen is None or collected is None:
        return ""
    passed = collected - seen
    minutes = int(passed.total_seconds() // 60)
    if minutes < 1:
        return ", until the bundle was made"
    ago = f"{minutes} min" if minutes < 120 else f"{minutes // 60} h"
    quiet = ", quiet since" if passed > _OVER else ""
    return f", last {ago} before the bundle was made{quiet}"


def quoted(machine: Machine, *wanted: tuple[str, str]) -> tuple[list[Evidence], str]:
    """The last line of each (item, id) that a machine's logs have, as evidence, and how often the first came.

    A log that is not there says nothing.
    """
    found: list[Evidence] = []
    told = ""
    for item, known in wanted:
        try:
            hits = machine.log(item).hits.get(known)
        except UndecidedError:
            continue
        if hits is not None:
            found.append(machine.quote(item, hits.last))
            told = told or times(machine, hits)
    return found, told
