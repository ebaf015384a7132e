"""``cluster status``: what is on which network now."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from calico_core import collector
from calico_core.exits import ExitCode
from calico_migrate.cli import terminal
from calico_migrate.cli.cluster.options import RunFormat
from calico_migrate.cli.cluster.saying import warn
from calico_migrate.cluster import identity, mesos, moments, paths
from calico_migrate.cluster.applying import fold, journal
from calico_migrate.cluster.planning import reading
from calico_migrate.cluster.pools import Pools
from calico_migrate.cluster.status import items
from calico_migrate.cluster.status.counting import Counted, count
from calico_migrate.cluster.status.report import Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from calico_migrate.cli.cluster.options import Connecting
    from calico_migrate.cluster.connection.access import Access
    from calico_migrate.cluster.connection.reading import Reader
    from calico_migrate.cluster.planning.document import Plan


def show_status(
    path: str | None,
    connecting: Connecting,
    names: Mapping[str, str],
    pools: Sequence[str],
    services: tuple[str, ...] | None,
    format_: RunFormat,
    *,
    check: bool,
) -> ExitCode:
    """Reads the cluster and shows it; answers the exit code."""
    with collector.set_aside():
        plan = reading.load(path).plan if path is not None else None
        access = connecting.access()
        reader = connecting.reader(access)
        found = _identity(reader, access, plan)
        state = reader.document(paths.MESOS_STATE, mesos.is_state).value
        if plan is not None:
            names = plan.names
        chosen = plan.pools if plan is not None and not pools else Pools.parse(pools)
        counted = count(mesos.frameworks(state), list(names), list(dict.fromkeys(names.values())), chosen)
        # The state is large, and the lists that follow may be too.
        named = found._replace(name=mesos.cluster_name(state) or found.name)
        del state
        status = Status(moments.now(), named, counted, {}, {})
        if plan is not None and path is not None:
            status = _with_items(status, reader, plan, path, services, counted)
    if format_ is RunFormat.JSON:
        terminal.write(json.dumps(status.to_json()) + "\n")
    else:
        terminal.write("".join(f"{line}\n" for line in status.lines()))
    return ExitCode.FOUND if check and not status.is_finished else ExitCode.DONE


def _with_items(
    status: Status,
    reader: Reader,
    plan: Plan,
    path: str,
    services: tuple[str, ...] | None,
    counted: Counted,
) -> Status:
    wanted = tuple(dict.fromkeys((*plan.marathons, *(services or ()))))
    live = items.read(reader, wanted)
    if any(item.kind == "job" for item in plan.items.values()):
        live = live._replace(definitions={**live.definitions, **items.read_jobs(reader)})
    records = fold.fold(journal.read(journal.path_of(path)).events)
    states = items.states(plan, live, records, counted.specs)
    keys = {}
    for key in states:
        service, _, identity_ = key.partition(":")
        framework = live.frameworks.get(service, plan.cluster.framework or "")
        keys[framework, identity_] = key
    return status._replace(items=states, keys=keys)


def _identity(reader: Reader, access: Access, plan: Plan | None) -> identity.Identity:
    live_id = identity.cluster_id(reader, warn)
    framework = identity.framework_id(reader)
    if plan is not None:
        identity.require_same(plan.cluster.id, plan.cluster.framework, live_id, framework)
    dcos, variant = identity.version_and_variant(reader)
    return identity.Identity(live_id, framework, access.name or None, access.url, dcos, variant)
