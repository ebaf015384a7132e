"""Apps, pods, jobs and running tasks."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from calico_core.errors import InputError
from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.bundle import Trouble
from calico_migrate.diagnose.bundle.undecided import Reason, UndecidedError
from calico_migrate.diagnose.parsing.tasks import (
    MesosState,
    Task,
    parse_agents,
    parse_containers,
    parse_state,
)
from calico_migrate.policy.cluster.workloads import read_workloads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from calico_migrate.diagnose.estate.calico import Endpoint
    from calico_migrate.diagnose.estate.evidence import Evidence
    from calico_migrate.diagnose.estate.machine import Machine
    from calico_migrate.policy.cluster.workloads import Workload

OVERLAYS = ("dcos", "dcos6")
T = TypeVar("T")


class Definition(NamedTuple):
    """An app, pod or job, the master whose items it was read from, and the item."""

    workload: Workload
    machine: Machine
    item: str

    @property
    def id(self) -> str:
        """Its id."""
        return self.workload.id

    def network_names(self) -> tuple[str, ...]:
        """The networks that it counts under: names, ``host`` or ``bridge``."""
        return self.workload.networks or (self.workload.mode,)

    def evidence(self) -> Evidence:
        """Where it stands."""
        return self.machine.evidence(self.item, self.workload.line, f'"id": "{self.workload.id}"')


class Workloads:
    """What Marathon, Metronome and Mesos know. Each raises UndecidedError where no master has its item."""

    def __init__(self, machines: Sequence[Machine]) -> None:
        """Only the masters' items count, where there is a master."""
        self._masters = [machine for machine in machines if machine.is_master] or list(machines)

    @cached_property
    def apps(self) -> list[Definition]:
        """The apps."""
        return self._definitions(names.APPS)

    @cached_property
    def pods(self) -> list[Definition]:
        """The pods."""
        return self._definitions(names.PODS)

    @cached_property
    def jobs(self) -> list[Definition]:
        """The jobs."""
        return self._definitions(names.JOBS)

    @property
    def definitions(self) -> list[Definition]:
        """Apps and pods, as far as their items are there; raises UndecidedError where there are no apps."""
        apps = self.apps
        try:
            return [*apps, *self.pods]
        except UndecidedError:
            return apps

    @cached_property
    def state(self) -> tuple[Machine, MesosState]:
        """Mesos' state, of the master that has the most of it."""
        return self._first_whole(
            names.MASTER_STATE, lambda machine: (machine, parse_state(machine.document(names.MASTER_STATE)))
        )

    @property
    def tasks(self) -> list[Task]:
        """The running tasks."""
        return self.state[1].tasks

    @cached_property
    def agents(self) -> frozenset[str]:
        """The addresses of the agents that Mesos knows, of ``/master/slaves`` or of the state."""
        try:
            known = self._first_whole(
                names.SLAVES, lambda machine: parse_agents(machine.document(names.SLAVES))
            )
            return frozenset(known.values())
        except UndecidedError as undecided:
            try:
                return frozenset(self.state[1].agents.values())
            except UndecidedError:
                raise undecided from None

    def agent_of(self, task: Task) -> str:
        """The address of a task's agent, empty where it is not known."""
        return self.state[1].agents.get(task.agent, "")

    def tasks_of_apps(self, tasks: Iterable[Task]) -> dict[str, list[Task]]:
        """The tasks by the id of their app or pod: Marathon makes a task's id of it."""
        by_prefix = {
            definition.id.strip("/").replace("/", "_"): definition.id for definition in self.definitions
        }
        found: dict[str, list[Task]] = {}
        for task in tasks:
            identity = by_prefix.get(task.id.partition(".")[0])
            if identity is not None:
                found.setdefault(identity, []).append(task)
        return found

    def endpoints_of_apps(self, endpoints: Iterable[Endpoint]) -> Iterator[tuple[Definition, Endpoint]]:
        """Apps and pods with the endpoints of their running tasks, known by container or by address."""
        definitions = {definition.id: definition for definition in self.definitions}
        by_container: dict[str, Endpoint] = {}
        by_address: dict[str, Endpoint] = {}
        for endpoint in endpoints:
            if endpoint.container:
                by_container[endpoint.container] = endpoint
            by_address.update(dict.fromkeys(endpoint.addresses, endpoint))
        for identity, tasks in self.tasks_of_apps(self.tasks).items():
            for task in tasks:
                own = by_container.get(task.container)
                addresses = [address for network in task.networks for address in network.addresses]
                found = own or next((by_address[each] for each in addresses if each in by_address), None)
                if found is not None:
                    yield definitions[identity], found

    def where(self) -> Evidence | None:
        """An item from which the networks of apps or tasks are known."""
        for item in (names.APPS, names.MASTER_STATE, names.PODS, names.JOBS):
            for machine in self._masters:
                if machine.has(item):
                    return machine.evidence(item, None, "")
        return None

    def why_no_apps(self) -> Reason:
        """Why the apps are not known."""
        try:
            self.apps  # noqa: B018
        except UndecidedError as undecided:
            return undecided.reason
        return Reason.ABSENT

    def containers(self, machine: Machine) -> list[Task]:
        """The containers of an agent with a network of their own."""
        return parse_containers(machine.document(names.CONTAINERS))

    def _definitions(self, item: str) -> list[Definition]:
        return self._first_whole(item, lambda machine: self._read(machine, item))

    def _read(self, machine: Machine, item: str) -> list[Definition]:
        text = machine.text(item)
        name = machine.node.members[item].name
        try:
            found, _ = read_workloads(text, name)
        except (InputError, RecursionError):
            machine.bundle.add(Trouble("cut", name, machine.address, item, "ends early or is no JSON"))
            raise UndecidedError(item, Reason.CUT) from None
        return [Definition(workload, machine, item) for workload in found]

    def _first_whole(self, item: str, read: Callable[[Machine], T]) -> T:
        """What is read of the master that has the most of an item, else of the next one.

        A master that does not lead may have an empty answer.
        """
        machines = self._masters
        having = [machine for machine in machines if machine.has(item)]
        having.sort(key=lambda machine: -machine.node.members[item].size)
        problem: UndecidedError | None = None
        for machine in having:
            found = _read_by(read, machine)
            if not isinstance(found, UndecidedError):
                return found
            problem = problem or found
        if problem is not None:
            raise problem
        reasons = [machine.bundle.why_missing(machine.node, item) for machine in machines]
        raise UndecidedError(
            item, Reason.FAILED if Reason.FAILED in reasons else (reasons or [Reason.ABSENT])[0]
        )


def _read_by(read: Callable[[Machine], T], machine: Machine) -> T | UndecidedError:
    try:
        return read(machine)
    except UndecidedError as undecided:
        return undecided
