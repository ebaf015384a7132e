"""Schedulers of the SDK: a plan whose steps restart one pod after the other, once their app was restarted.

mesosphere/dcos-commons http/queries/PlansQueries.java:54-68 (statuses), DefaultConfigurationUpdater.java:215-238
(a refused configuration leaves the old target), PlanScheduler.java:94,126-165 (kill, then start again).
"""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.support.standin.faults import Answered

if TYPE_CHECKING:
    from tests.support.standin.cluster import Cluster

COMPLETE, UNDER_WAY, ERRORS = 200, 202, 417


@dataclass
class Pod:
    """One task of a service."""

    name: str
    network: str | None
    address: str
    task: str


@dataclass
class Scheduler:
    """A scheduler and its service: ``app`` is its app in Marathon, by whose environment it goes.

    A step takes ``step`` seconds, and after a restart it is silent for ``silence`` seconds. ``refuses`` is
    why it takes no other network; ``stuck_at`` the step that never ends; ``waits`` says that its plan waits for
    a person once it has something to do.
    """

    service: str
    app: str
    framework: str
    pods: list[Pod] = field(default_factory=list)
    step: float = 0.02
    silence: float = 0.0
    refuses: str = ""
    stuck_at: int | None = None
    waits: bool = False
    parallel: bool = False
    strays: bool = False
    errors: list[str] = field(default_factory=list)
    began: float = 0.0
    version: str = ""
    todo: list[Pod] = field(default_factory=list)
    restarts: int = 0

    def network_of(self, cluster: Cluster) -> str | None:
        """The network that its app's environment names."""
        env = cluster.specs[self.app].body.get("env", {})
        name = env.get("VIRTUAL_NETWORK_NAME")
        return name if isinstance(name, str) else None

    def advance(self, cluster: Cluster) -> None:
        """Lets happen what should have happened by now."""
        spec = cluster.specs[self.app]
        now = time.monotonic()
        runs = any(task.running and task.version >= spec.config_version for task in spec.tasks)
        if spec.config_version != self.version and runs:
            self.version = spec.config_version
            self.restarts += 1
            self.began = now + self.silence
            wanted = self.network_of(cluster)
            changes = any(pod.network != wanted for pod in self.pods)
            self.errors = [self.refuses] if self.refuses and changes and wanted == "calico" else []
            self.todo = [] if self.errors else [pod for pod in self.pods if pod.network != wanted]
        wanted = self.network_of(cluster)
        while self.todo and now >= self.began + self.step and not (self.waits and wanted == "calico"):
            pod = self.todo[0]
            if self.stuck_at == self.pods.index(pod) and wanted == "calico":
                break
            self.todo.pop(0)
            pod.network, pod.task = wanted, f"{pod.name}__{uuid.uuid4()}"
            pod.address = cluster.new_address("dcos" if self.strays else wanted)
            self.began += self.step

    def answers(self, cluster: Cluster) -> bool:
        """Whether it answers at all: its app runs, and it has come up."""
        spec = cluster.specs[self.app]
        runs = any(task.running and task.version >= spec.config_version for task in spec.tasks)
        return runs and time.monotonic() >= self.began

    def plan(self) -> dict[str, Any]:
        """Its deploy plan."""
        steps = [
            {
                "id": f"id-{pod.name}",
                "name": f"{pod.name}:[server]",
                "status": "COMPLETE" if pod not in self.todo else "PENDING",
                "message": "",
            }
            for pod in self.pods
        ]
        if self.todo:
            steps[self.pods.index(self.todo[0])]["status"] = "WAITING" if self.waits else "STARTING"
        under_way = "WAITING" if self.waits else "IN_PROGRESS"
        status = "ERROR" if self.errors else under_way if self.todo else "COMPLETE"
        strategy = "parallel" if self.parallel else "serial"
        phase = {"id": "p", "name": "node-deploy", "steps": steps, "strategy": strategy, "status": status}
        return {"phases": [phase], "errors": list(self.errors), "status": status, "strategy": "serial"}


def answer(cluster: Cluster, scheduler: Scheduler, path: str) -> Answered:
    """What the scheduler answers to a GET."""
    from tests.support.standin.answers import answer as given

    scheduler.advance(cluster)
    if not scheduler.answers(cluster):
        return Answered(502, {"Content-Type": "text/html"}, b"<html>502 Bad Gateway</html>")
    if path == "/v1/plans":
        return given(200, ["deploy", "recovery"])
    if path == "/v1/plans/deploy":
        plan = scheduler.plan()
        status = ERRORS if plan["errors"] else COMPLETE if plan["status"] == "COMPLETE" else UNDER_WAY
        return given(status, plan)
    if path == "/v1/state/frameworkId":
        return given(200, [scheduler.framework])
    return Answered(404, {"Content-Type": "text/plain"}, b"not found")
