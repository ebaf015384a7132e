"""What the logs of all nodes say in the last 24 hours, for one picture."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.undecided import UndecidedError
from calico_migrate.diagnose.logs import catalogue

if TYPE_CHECKING:
    from calico_migrate.diagnose.estate.estate import Estate

_DAY = timedelta(hours=24)
_LOGS = (
    names.FELIX_LOG,
    names.PLUGIN_LOG,
    names.BIRD_LOG,
    names.CONFD_LOG,
    names.ETCD_LOG,
    names.DCOS_NET_LOG,
)


class Event(NamedTuple):
    """A known line on a node: when, its id, and whether it is a problem or good."""

    node: str
    time: datetime
    id: str
    good: bool


def timeline(estate: Estate) -> list[Event]:
    """The known lines of the last day before the bundle was made, in order."""
    end = estate.collected_at
    if end is None or estate.calico != "on":
        return []
    kinds = {line.id: line.kind for lines in catalogue.BY_ITEM.values() for line in lines}
    found: list[Event] = []
    for machine in estate.machines:
        for item in _LOGS:
            try:
                log = machine.log(item)
            except UndecidedError:
                continue
            seen = [(known, hit) for known, hits in log.hits.items() for hit in hits.kept]
            seen += list(log.goods.items())
            found += [
                Event(machine.address, hit.time, known, kinds.get(known) == catalogue.GOOD)
                for known, hit in seen
                if hit.time is not None and end - _DAY <= hit.time <= end + timedelta(hours=1)
            ]
    return sorted(found, key=lambda event: (event.time, event.node, event.id))
