"""Edge-LB's pools: their definitions, each with the scheduler that carries it and what it restarts.

A change of a pool relaunches its load balancers one after the other, each on its node, and drops the traffic
of that one (Edge-LB documentation, how-to-tasks/reload-pools). A pool is a service of the SDK below its
namespace (services/api/edge-lb.yaml).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_migrate.cluster import ids
from calico_migrate.cluster.planning import risks, services
from calico_migrate.cluster.planning.definitions import Carried, definitions
from calico_migrate.cluster.planning.document import Roll
from calico_migrate.cluster.snapshot import parts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from calico_migrate.cluster.mesos import Framework
    from calico_migrate.cluster.planning.definitions import Definition
    from calico_migrate.cluster.snapshot.manifest import Snapshot
    from calico_migrate.network_map import NetworkMap

_NAMESPACE = "dcos-edgelb/pools"


def balancers(
    snapshot: Snapshot, network_map: NetworkMap, frameworks: Sequence[Framework]
) -> list[Definition]:
    """The pools of a snapshot; none where Edge-LB was not read. Raises InputError as `definitions` does."""
    text = snapshot.bodies.get(parts.POOLS)
    if text is None:
        return []
    found = definitions("edgelb-pool", ids.EDGELB, text, network_map, f"{snapshot.path}/{parts.POOLS}")
    return [_carried(each, frameworks) for each in found]


def app_of(definition: Definition) -> str:
    """The id of the app of a pool's scheduler."""
    namespace = definition.body.get("namespace")
    below = namespace if isinstance(namespace, str) and namespace else _NAMESPACE
    return f"/{below.strip('/')}/{definition.id}"


def _carried(definition: Definition, frameworks: Sequence[Framework]) -> Definition:
    service = app_of(definition)[1:]
    scheduler = services.scheduler(service, (service,), frameworks)
    roll = _roll(definition.body, services.running(scheduler, frameworks))
    return definition._replace(carried=Carried({}, scheduler, (), roll))


def _roll(body: Mapping[str, Any], running: int) -> Roll:
    """One load balancer at a time; as many as the pool says, else as many as run."""
    count = body.get("count")
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        count = running or 1
    return Roll(count, 1, count, risks.NOTHING_MORE)
