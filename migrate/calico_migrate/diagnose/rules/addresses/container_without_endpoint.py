"""A running container on a Calico network has no endpoint.

Calico does not know it: there is no route to it, and Felix drops its packets as coming from an unknown
interface.

Example:
    task shop_web.… on 10.0.1.21 has 172.29.21.7, and no endpoint has that

Start the task again. Where it happens again, read the journal of the plugin, or `mesos-agent.log`.
"""

from calico_core.addresses import parse_address
from calico_core.words import listed
from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.undecided import UndecidedError
from calico_migrate.diagnose.estate import calico
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.estate.evidence import Evidence
from calico_migrate.diagnose.estate.workloads import OVERLAYS
from calico_migrate.diagnose.judgement import Findings, error
from calico_migrate.diagnose.parsing.tasks import Task

RULE = error(
    __name__,
    source="projectcalico/felix v3.14.0 rules/dispatch.go:43",
    lists=True,
    causes=("etcd-out-of-space", "docker-subnet-not-a-pool"),
)


def check(estate: Estate) -> Findings:
    """Mesos' running tasks with addresses of a pool, against the endpoints; else each agent's containers."""
    endpoints = estate.endpoints
    pools = estate.pools
    try:
        master, state = estate.workloads.state
    except UndecidedError:
        for machine in estate.agents:
            try:
                containers = estate.workloads.containers(machine)
            except UndecidedError as problem:
                yield RULE.open(machine.address, problem.reason, problem.item)
                continue
            where = machine.evidence(names.CONTAINERS, None, "")
            yield from _without([(task, machine.address) for task in containers], endpoints, pools, where)
        if not estate.agents:
            raise
        return
    tasks = [(task, estate.workloads.agent_of(task)) for task in state.tasks]
    yield from _without(tasks, endpoints, pools, master.evidence(names.MASTER_STATE, None, ""))


def _without(
    tasks: list[tuple[Task, str]],
    endpoints: list[calico.Endpoint],
    pools: list[calico.Pool],
    where: Evidence,
) -> Findings:
    by_container = {endpoint.container for endpoint in endpoints if endpoint.container}
    by_address = {address for endpoint in endpoints for address in endpoint.addresses}
    # A Docker endpoint does not name its container: those left over on a node stand for as many containers.
    used: set[str] = set()
    spare: dict[str, int] = {}
    own = {address for task, _ in tasks for network in task.networks for address in network.addresses}
    for endpoint in endpoints:
        if endpoint.runtime == "docker" and own.isdisjoint(endpoint.addresses):
            spare[endpoint.node] = spare.get(endpoint.node, 0) + 1
    doubled: dict[str, int] = {}
    for endpoint in endpoints:
        for address in endpoint.addresses:
            doubled[address] = doubled.get(address, 0) + 1
    surplus = {address for address, count in doubled.items() if count > 1}
    for endpoint in endpoints:
        if endpoint.runtime == "docker" and surplus & set(endpoint.addresses):
            spare[endpoint.node] = spare.get(endpoint.node, 0) + 1
    for task, agent in tasks:
        inside = [
            address
            for network in task.networks
            for address in network.addresses
            if network.name not in OVERLAYS and _in_pool(address, pools)
        ]
        if not inside or task.container in by_container or by_address & set(inside) or task.container in used:
            continue
        used.add(task.container)
        if task.runtime == "docker" and spare.get(agent, 0) > 0:
            spare[agent] -= 1
            continue
        yield RULE.found(
            f"a container with {listed(inside)} has no endpoint",
            where._replace(text=f"{task.id}: {listed(inside)}"),
            hint="start the task again; where it happens again, read the plugin's journal or mesos-agent.log",
            node=agent,
            detail=task.name,
        )


def _in_pool(address: str, pools: list[calico.Pool]) -> bool:
    number = parse_address(address)
    return number is not None and any(pool.net.holds(number) for pool in pools)
