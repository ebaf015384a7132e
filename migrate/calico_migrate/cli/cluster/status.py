"""``cluster status``: what is on which network now."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, NamedTuple

from calico_core import collector
from calico_core.exits import ExitCode
from calico_migrate.cli import terminal
from calico_migrate.cli.options import AnswerFormat
from calico_migrate.cluster import identity, mesos, moments, paths
from calico_migrate.cluster.applying import fold, journal
from calico_migrate.cluster.planning import reading
from calico_migrate.cluster.pools import Pools
from calico_migrate.cluster.status import items
from calico_migrate.cluster.status.counting import Counted, count
from calico_migrate.cluster.status.report import Status

_WATCH_SECONDS = 10.0

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from calico_migrate.cli.cluster.options import Connecting
    from calico_migrate.cli.cluster.saying import Voice
    from calico_migrate.cluster.connection.access import Access
    from calico_migrate.cluster.connection.reading import Reader
    from calico_migrate.cluster.planning.document import Plan


class Asked(NamedTuple):
    """What the command line asks for; ``services`` None are the plan's Marathons."""

    path: str | None
    names: Mapping[str, str]
    pools: Sequence[str]
    services: tuple[str, ...] | None
    format: AnswerFormat
    check: bool
    watch: bool
    voice: Voice


def show_status(asked: Asked, connecting: Connecting) -> ExitCode:
    """Reads the cluster and shows it; answers the exit code.

    Watching shows what changed since, and ends only where `--check` has nothing left to wait for.
    """
    plan = reading.load(asked.path).plan if asked.path is not None else None
    access = connecting.access(asked.voice)
    reader = connecting.reader(access, asked.voice)
    before = None
    shown: set[str] = set()
    while True:
        with collector.set_aside():
            status = _read(asked, reader, access, plan)
        document = status.to_json()
        gist = {key: value for key, value in document.items() if key != "taken"}
        if gist != before:
            if asked.format is AnswerFormat.JSON:
                terminal.write(f"{json.dumps(document)}\n")
            else:
                lines = list(status.lines())
                # The first time all of it; the line with the time is always another.
                asked.voice.show(line for line in lines if line.text not in shown)
                shown = {line.text for line in lines}
        before = gist
        if not asked.watch or (asked.check and status.is_finished):
            return ExitCode.FOUND if asked.check and not status.is_finished else ExitCode.DONE
        time.sleep(_WATCH_SECONDS)


def _read(asked: Asked, reader: Reader, access: Access, plan: Plan | None) -> Status:
    found = _identity(reader, access, plan, asked.voice)
    state = reader.document(paths.MESOS_STATE, mesos.is_state).value
    names = plan.names if plan is not None else asked.names
    pools = plan.pools if plan is not None and not asked.pools else Pools.parse(asked.pools)
    counted = count(mesos.frameworks(state), list(names), list(dict.fromkeys(names.values())), pools)
    named = found._replace(name=mesos.cluster_name(state) or found.name)
    # The state is large, and the lists that follow may be too.
    del state
    status = Status(moments.now(), named, counted, {}, {})
    if plan is None or asked.path is None:
        return status
    return _with_items(status, reader, plan, asked.path, asked.services, counted)


def _with_items(
    status: Status,
    reader: Reader,
    plan: Plan,
    path: str,
    services: tuple[str, ...] | None,
    counted: Counted,
) -> Status:
    wanted = tuple(dict.fromkeys((*plan.marathons, *(services or ()))))
    live = items.read(reader, plan, wanted)
    records = fold.fold(journal.read(journal.path_of(path)).events)
    states = items.states(plan, live, records, counted)
    return status._replace(items=states, keys=items.keys(plan, live, states, counted))


def _identity(reader: Reader, access: Access, plan: Plan | None, voice: Voice) -> identity.Identity:
    live_id = identity.cluster_id(reader, voice.warn)
    expected = plan is not None and plan.cluster.framework is not None
    framework = identity.framework_id(reader, expected=expected)
    if plan is not None:
        identity.require_same(plan.cluster.id, plan.cluster.framework, live_id, framework)
    dcos, variant = identity.version_and_variant(reader)
    return identity.Identity(live_id, framework, access.name or None, access.url, dcos, variant)
