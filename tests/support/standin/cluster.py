"""The state of the stand-in: apps and pods, their versions, tasks and deployments."""

from __future__ import annotations

import copy
import threading
import time
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from tests.support.standin import edgelb, normalising, packages, rolling
from tests.support.standin.schedulers import Pod, Scheduler
from tests.support.standin.tasks import Task

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.standin.packages import Package


@dataclass
class Behaviour:
    """How instances of one app or pod behave once they are on a network with this name (all for None)."""

    network: str | None = "calico"
    crash_after: float | None = None
    unhealthy: bool = False
    no_room: bool = False
    stray_address: bool = False
    reported_network: str | None = None
    hang: bool = False


@dataclass
class Spec:
    """An app or pod: its stored body, its versions (newest first), its tasks."""

    kind: str
    body: dict[str, Any]
    version: str
    config_version: str
    scaling_version: str
    versions: list[tuple[str, dict[str, Any]]]
    tasks: list[Task] = field(default_factory=list)
    last_failure: dict[str, Any] | None = None
    updates: int = 0

    @property
    def id(self) -> str:
        """The id."""
        return str(self.body["id"])

    @property
    def instances(self) -> int:
        """How many instances it should have."""
        if self.kind == "app":
            return int(self.body["instances"])
        return int(self.body["scaling"]["instances"])


@dataclass
class Deployment:
    """A deployment under way: what it locks, and where it goes."""

    id: str
    version: str
    spec: str
    before: dict[str, Any] | None
    foreign: bool = False
    endless: bool = False


@dataclass
class OtherFramework:
    """A framework that is no Marathon: its tasks as (id, name, network, address)."""

    id: str
    name: str
    tasks: list[tuple[str, str, str | None, str | None]]


class Cluster:
    """One cluster with one Marathon. All that is done to it is done under its lock."""

    def __init__(
        self, *, start_delay: float = 0.02, health_delay: float = 0.02, default_network: str | None = "dcos"
    ) -> None:
        self.lock = threading.RLock()
        self.start_delay = start_delay
        self.health_delay = health_delay
        self.default_network = default_network
        self.id: str | None = "7f3a5d0e-1111-4000-8000-000000000001"
        self.framework = "0f0e7c1a-1111-4000-8000-000000000002-0001"
        self.name = "prod"
        self.specs: dict[str, Spec] = {}
        self.deployments: list[Deployment] = []
        self.behaviours: dict[str, Behaviour] = {}
        self.groups: dict[str, list[str]] = {}
        self.others: list[OtherFramework] = []
        self.unit_health: object = 0
        self.sessions: list[dict[str, Any]] = []
        self.session_output = b""
        self.jobs: dict[str, dict[str, Any]] = {}
        self.packages: dict[str, Package] = {}
        self.schedulers: dict[str, Scheduler] = {}
        self.pools: dict[str, edgelb.Stored] = {}
        self.pool_lag = 0.0
        self.pool_updates = 0
        self.marathons: dict[str, Cluster] = {}
        self.max_deployments = 100
        self.clock_skew = timedelta()
        self.leaderless_until = 0.0
        self._last_version = datetime.min.replace(tzinfo=timezone.utc)
        self._next_port = 10000
        self._addresses = {"dcos": 256 * 256 * 9 * 256 + 256 + 1, "calico": 0}
        self._address_counts: dict[str, int] = {}

    # Making

    def add(self, body: dict[str, Any], *, kind: str | None = None) -> Spec:
        """An app or pod that runs since long."""
        with self.lock:
            kind = kind or ("pod" if "containers" in body else "app")
            stored = self.normalised(kind, body)
            version = self.new_version()
            spec = Spec(kind, stored, version, version, version, [(version, copy.deepcopy(stored))])
            self.specs[spec.id] = spec
            for _ in range(spec.instances):
                task = self.new_task(spec)
                task.since -= 10_000
                spec.tasks.append(task)
            rolling.advance(self)
            return spec

    def install(self, package: Package, options: dict[str, Any], pods: int = 3) -> Spec:
        """A package that was installed with these options, and its service of so many pods."""
        with self.lock:
            app = package.app(options)
            spec = self.add(app)
            self.packages[spec.id] = package
            service = spec.id.strip("/")
            if "DCOS_COMMONS_API_VERSION" in spec.body["labels"]:
                self._schedule(spec, service, "node", pods)
            return spec

    def balance(self, pool: dict[str, Any], running: int | None = None) -> None:
        """A pool of Edge-LB, with its scheduler and so many load balancers (as it says for None)."""
        with self.lock:
            spec = self.add(edgelb.app(pool))
            self.pools[pool["name"]] = edgelb.Stored(copy.deepcopy(pool))
            count = running if running is not None else int(pool.get("count") or 1)
            self._schedule(spec, spec.id.strip("/"), "edgelb-pool", count)

    def _schedule(self, spec: Spec, service: str, kind: str, pods: int) -> None:
        number = len(self.schedulers) + 2
        framework = f"{self.framework.rpartition('-')[0]}-{number:04}"
        scheduler = Scheduler(service, spec.id, framework, version=spec.config_version)
        self.schedulers[service] = scheduler
        network = scheduler.network_of(self)
        for index in range(pods):
            name = f"{kind}-{index}-server"
            address = self.new_address(network)
            scheduler.pods.append(Pod(name, network, address, f"{name}__{uuid.uuid4()}"))

    def uninstall(self, item: str) -> None:
        """A package that somebody took away."""
        with self.lock:
            del self.specs[item], self.packages[item], self.schedulers[item.strip("/")]

    def update(self, item: str, options: dict[str, Any]) -> None:
        """Somebody else's update of a package, which Cosmos merges and sends with force."""
        from tests.support.standin import answers

        with self.lock:
            stored = packages.stored_options(self.specs[item].body["labels"]) or {}
            answers.replace(self, item, self.packages[item].app(packages.merged(stored, options)))

    def normalised(self, kind: str, body: dict[str, Any]) -> dict[str, Any]:
        """A definition as it is stored."""
        if kind == "pod":
            return normalising.pod(body, self.default_network)
        stored = normalising.app(body, self.default_network, self._next_port)
        self._next_port += 10
        return stored

    def new_version(self) -> str:
        """The time, later than every version before."""
        now = datetime.now(timezone.utc) + self.clock_skew
        now = now.replace(microsecond=now.microsecond // 1000 * 1000)
        now = max(now, self._last_version + timedelta(milliseconds=1))
        self._last_version = now
        return now.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def new_task(self, spec: Spec) -> Task:
        """A task of the present version that was just launched."""
        name = next((n["name"] for n in spec.body["networks"] if n["mode"] == "container"), None)
        behaviour = self.behaviours.get(spec.id, Behaviour())
        applies = behaviour.network is None or behaviour.network == name
        address = self.new_address(None if applies and behaviour.stray_address else name)
        reported = behaviour.reported_network if applies and behaviour.reported_network else name
        return Task(spec.id, spec.version, reported, address, time.monotonic())

    def new_address(self, network: str | None) -> str:
        """The next address of a network; of the agent where there is none."""
        number = self._address_counts.get(network or "", 4) + 1
        self._address_counts[network or ""] = number
        if network is None or network not in ("dcos", "calico"):
            return f"10.0.{number // 250 % 250}.{number % 250 + 1}"
        return f"{'9.0' if network == 'dcos' else '172.29'}.{number // 250 % 250}.{number % 250 + 1}"

    # Changing, as a foreign hand does it

    def change(self, item: str, change: Callable[[dict[str, Any]], None]) -> None:
        """Somebody else's write, with its deployment already over."""
        with self.lock:
            spec = self.specs[item]
            body = copy.deepcopy(spec.body)
            change(body)
            self.store(spec, body)
            spec.tasks = [self.new_task(spec) for _ in range(spec.instances)]
            for task in spec.tasks:
                task.since -= 10_000
            rolling.advance(self)

    def scale(self, item: str, instances: int) -> None:
        """Somebody else scales, at once."""
        with self.lock:
            spec = self.specs[item]
            body = copy.deepcopy(spec.body)
            if spec.kind == "app":
                body["instances"] = instances
            else:
                body["scaling"]["instances"] = instances
            self.store(spec, body)
            while len(spec.tasks) > instances:
                spec.tasks.pop()
            while len(spec.tasks) < instances:
                task = self.new_task(spec)
                task.since -= 10_000
                spec.tasks.append(task)
            rolling.advance(self)

    def store(self, spec: Spec, body: dict[str, Any]) -> bool:
        """Stores a new body with the versions that Marathon gives it; answers whether the tasks must roll."""
        if body == spec.body:
            return False
        key = "instances" if spec.kind == "app" else "scaling"
        before = {k: v for k, v in spec.body.items() if k != key}
        after = {k: v for k, v in body.items() if k != key}
        version = self.new_version()
        spec.version = version
        spec.scaling_version = version
        if before != after:
            spec.config_version = version
        spec.body = copy.deepcopy(body)
        spec.versions.insert(0, (version, copy.deepcopy(body)))
        del spec.versions[50:]
        return before != after

    def deploy(self, spec: Spec, before: dict[str, Any] | None, *, foreign: bool = False) -> Deployment:
        """A deployment of one app or pod."""
        deployment = Deployment(str(uuid.uuid4()), spec.version, spec.id, before, foreign)
        self.deployments.append(deployment)
        return deployment

    def lock_by_stranger(self, item: str) -> Deployment:
        """Somebody else's deployment that never ends by itself."""
        with self.lock:
            deployment = self.deploy(self.specs[item], None, foreign=True)
            deployment.endless = True
            return deployment

    def locked_by(self, item: str) -> list[Deployment]:
        """The deployments that touch an app or pod."""
        return [each for each in self.deployments if each.spec == item]

    def advance(self) -> None:
        """Lets happen what should have happened by now."""
        edgelb.advance(self)
        rolling.advance(self)
        for other in self.marathons.values():
            rolling.advance(other)
        for scheduler in self.schedulers.values():
            scheduler.advance(self)
