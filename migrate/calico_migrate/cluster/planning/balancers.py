"""Edge-LB's pools: their definitions, each with the scheduler that carries it and what it restarts.

A change of a pool relaunches its load balancers one after the other, each on its node, and drops the traffic
of that one (Edge-LB documentation, how-to-tasks/reload-pools). A pool is a service of the SDK below its
namespace (services/api/edge-lb.yaml).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_core.json import scanning
from calico_migrate.cluster import ids, mesos
from calico_migrate.cluster.planning import risks, services
from calico_migrate.cluster.planning.definitions import Carried, definitions
from calico_migrate.cluster.planning.document import Roll
from calico_migrate.cluster.snapshot import parts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_migrate.cluster.planning.definitions import Definition
    from calico_migrate.cluster.planning.services import Scheduler
    from calico_migrate.cluster.snapshot.manifest import Snapshot
    from calico_migrate.network_map import NetworkMap

_NAMESPACE = "dcos-edgelb/pools"


def balancers(snapshot: Snapshot, network_map: NetworkMap) -> list[Definition]:
    """The pools of a snapshot; none where Edge-LB was not read. Raises InputError as `definitions` does."""
    text = snapshot.bodies.get(parts.POOLS)
    if text is None:
        return []
    state: Any = scanning.loads(body) if (body := snapshot.bodies.get(parts.MESOS)) is not None else None
    found = definitions("edgelb-pool", ids.EDGELB, text, network_map, f"{snapshot.path}/{parts.POOLS}")
    return [_carried(each, state) for each in found]


def app_of(definition: Definition) -> str:
    """The id of the app of a pool's scheduler."""
    namespace = definition.body.get("namespace")
    below = namespace if isinstance(namespace, str) and namespace else _NAMESPACE
    return f"/{below.strip('/')}/{definition.id}"


def _carried(definition: Definition, state: Any) -> Definition:
    service = app_of(definition)[1:]
    scheduler = services.scheduler(service, (service,), state)
    return definition._replace(carried=Carried({}, scheduler, (), _roll(definition.body, scheduler, state)))


def _roll(body: Mapping[str, Any], scheduler: Scheduler, state: Any) -> Roll:
    """One load balancer at a time; as many as the pool says, else as many as run."""
    count = body.get("count")
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        known = mesos.frameworks(state) if mesos.is_state(state) else []
        count = next((len(each.tasks) for each in known if each.id == scheduler.framework), 0) or 1
    return Roll(count, 1, count, risks.NOTHING_MORE)
