"""How far the migration is: what is on which network, what is left, and whether there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_migrate.diagnose.bundle.undecided import UndecidedError
from calico_migrate.diagnose.estate.surroundings import used_blocks
from calico_migrate.diagnose.estate.workloads import OVERLAYS

if TYPE_CHECKING:
    from calico_migrate.diagnose.estate.estate import Estate
    from calico_migrate.diagnose.estate.workloads import Definition
    from calico_migrate.diagnose.parsing.tasks import Task

# The frameworks whose tasks are those of apps, pods and jobs.
_OWN = ("marathon", "metronome")


class Counts(NamedTuple):
    """How many apps, pods, jobs (by their definitions) and running tasks are on a network."""

    apps: int = 0
    pods: int = 0
    jobs: int = 0
    tasks: int = 0

    @property
    def definitions(self) -> int:
        """Apps, pods and jobs together."""
        return self.apps + self.pods + self.jobs


class Left(NamedTuple):
    """Something on an overlay; ``kind`` is ``app``, ``pod``, ``job`` or ``service``."""

    id: str
    network: str
    kind: str


class PoolUse(NamedTuple):
    """A pool, its blocks, how many are used, and how many endpoints have addresses of it."""

    name: str
    cidr: str
    blocks: int
    blocks_used: int
    endpoints: int
    free: int


class Progress(NamedTuple):
    """The migration; ``needed`` are the addresses for what is left, ``enough`` is None where pools are not
    known.
    """

    networks: dict[str, Counts]
    left: list[Left]
    pools: list[PoolUse]
    needed: int
    enough: bool | None


def progress(estate: Estate) -> Progress | None:
    """The migration, None where the bundle has nothing of Marathon and Mesos."""
    networks: dict[str, Counts] = {}
    left: list[Left] = []
    known = False
    for kind, field in (("apps", "apps"), ("pods", "pods"), ("jobs", "jobs")):
        try:
            definitions: list[Definition] = getattr(estate.workloads, kind)
        except UndecidedError:
            continue
        known = True
        for definition in definitions:
            for name in definition.network_names():
                counts = networks.get(name, Counts())
                networks[name] = counts._replace(**{field: getattr(counts, field) + 1})
                if name in OVERLAYS:
                    left.append(Left(definition.id, name, kind.removesuffix("s")))
    needed = 0
    try:
        tasks = estate.workloads.tasks
        known = True
    except UndecidedError:
        tasks = []
        needed = len(left)
    services: dict[str, str] = {}
    for task in tasks:
        for name in _networks_of(estate, task):
            counts = networks.get(name, Counts())
            networks[name] = counts._replace(tasks=counts.tasks + 1)
            if name in OVERLAYS:
                needed += 1
                if task.framework not in _OWN:
                    services.setdefault(task.framework, name)
    if not known:
        return None
    left += [Left(framework, name, "service") for framework, name in sorted(services.items())]
    pools, enough = _room(estate, needed)
    return Progress(dict(sorted(networks.items())), left, pools, needed, enough)


def _networks_of(estate: Estate, task: Task) -> list[str]:
    named = [network.name for network in task.networks if network.name and network.name != "mesos-bridge"]
    if named:
        return named
    if any(network.name == "mesos-bridge" for network in task.networks):
        return ["bridge"]
    agent = estate.workloads.agent_of(task)
    addresses = {address for network in task.networks for address in network.addresses}
    return ["host"] if not addresses or not agent or agent in addresses else ["bridge"]


def _room(estate: Estate, needed: int) -> tuple[list[PoolUse], bool | None]:
    try:
        pools = estate.enabled_pools
        endpoints = estate.endpoints
        nodes = estate.nodes
    except UndecidedError:
        return [], None
    if estate.calico != "on" or not pools:
        return [], None
    own = {pool.name: 0 for pool in pools}
    for endpoint in endpoints:
        for address in endpoint.addresses:
            pool = estate.pool_of(address)
            if pool is not None and pool.name in own:
                own[pool.name] += 1
    tunnels = dict.fromkeys(own, 0)
    for node in nodes:
        pool = estate.pool_of(node.tunnel(estate.mode))
        if pool is not None and pool.name in tunnels:
            tunnels[pool.name] += 1
    uses = [
        PoolUse(
            pool.name,
            str(pool.net),
            pool.blocks,
            used_blocks(estate, pool),
            own[pool.name],
            max((1 << (32 - pool.net.prefix)) - own[pool.name] - tunnels[pool.name], 0),
        )
        for pool in pools
    ]
    return uses, sum(use.free for use in uses) >= needed
