"""A served stand-in, a directory, and the command line between them."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.support import command_line
from tests.support.standin import Behaviour, Cluster, Fault
from tests.support.standin.server import TOKEN

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.command_line import Result
    from tests.support.standin import StandIn
    from tests.support.standin.cluster import Spec

SHORT = ("--settle", "0s", "--poll", "10ms", "--item-timeout", "5s", "--unknown-wait", "300ms")
OUTAGE = ("--outage-timeout", "500ms", "--timeout", "2s")
CHECKS = [{"protocol": "MESOS_HTTP", "path": "/", "portIndex": 0}]


def app(identity: str, **fields: Any) -> dict[str, Any]:
    """An app on the network dcos with a health check and two instances."""
    return {
        "id": identity,
        "cmd": "run",
        "instances": 2,
        "cpus": 0.1,
        "mem": 32,
        "networks": [{"mode": "container", "name": "dcos"}],
        "container": {"type": "MESOS", "docker": {"image": "nginx"}},
        "healthChecks": CHECKS,
        **fields,
    }


def pod(identity: str, **fields: Any) -> dict[str, Any]:
    """A pod on the network dcos with a health check and two instances."""
    return {
        "id": identity,
        "containers": [
            {
                "name": "main",
                "resources": {"cpus": 0.1, "mem": 32},
                "endpoints": [{"name": "web", "containerPort": 80, "networkNames": ["dcos"]}],
                "healthCheck": {"http": {"endpoint": "web"}},
            }
        ],
        "networks": [{"mode": "container", "name": "dcos"}],
        "scaling": {"kind": "fixed", "instances": 2},
        **fields,
    }


class Lab:
    """Everything that a test of the cluster's commands needs."""

    def __init__(self, served: StandIn, path: Path) -> None:
        self.served = served
        self.cluster: Cluster = served.cluster
        self.path = path
        self.token = path / "token"
        self.token.write_text(TOKEN)
        self.plan_path = path / "plan"
        self.environment: dict[str, str] = {}

    # The command line

    def connection(self) -> tuple[str, ...]:
        """The options of the connection."""
        return "--url", self.served.url, "--token-file", str(self.token), *OUTAGE

    def run(self, *arguments: str, stdin: bytes = b"") -> Result:
        """A command of `cluster`, with paths below the lab's directory."""
        before = os.environ.copy()
        os.environ.update(self.environment)
        try:
            return command_line.run("cluster", *arguments, stdin=stdin)
        finally:
            os.environ.clear()
            os.environ.update(before)

    def snapshot(self, *options: str, name: str = "snapshot") -> Result:
        """`cluster snapshot`."""
        return self.run("snapshot", "-o", str(self.path / name), *self.connection(), *options)

    def plan(self, *options: str, name: str = "snapshot") -> Result:
        """`cluster plan`."""
        return self.run("plan", str(self.path / name), "-o", str(self.plan_path), *options)

    def planned(self, *options: str) -> Lab:
        """A snapshot and a plan that need no further look."""
        assert self.snapshot().code == 0
        assert self.plan("--fail-on", "never", *options).code == 0
        return self

    def apply(self, *options: str) -> Result:
        """`cluster apply` with short times."""
        return self.run("apply", str(self.plan_path), "--yes", *self.connection(), *SHORT, *options)

    def rollback(self, *options: str) -> Result:
        """`cluster rollback` with short times."""
        return self.run("rollback", str(self.plan_path), "--yes", *self.connection(), *SHORT, *options)

    def status(self, *options: str) -> Any:
        """`cluster status` of the plan, as JSON."""
        result = self.run("status", str(self.plan_path), "--format", "json", *self.connection(), *options)
        assert result.code in (0, 1), result.errors
        return result.json

    # What became of it

    def read_plan(self) -> Any:
        """The plan, parsed."""
        return json.loads(self.plan_path.read_text())

    def change_plan(self, change: Callable[[Any], object]) -> None:
        """Edits the plan, as people do."""
        document = self.read_plan()
        change(document)
        self.plan_path.write_text(json.dumps(document, indent=1, sort_keys=True) + "\n")

    def journal(self) -> list[dict[str, Any]]:
        """The journal's events."""
        path = Path(f"{self.plan_path}.journal")
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def states(self) -> dict[str, str]:
        """The last state of each item in the journal, by id."""
        found = {}
        for event in self.journal():
            if event["event"] == "state":
                found[event["item"].partition(":")[2]] = event["state"]
        return found

    def why(self, item: str) -> str:
        """Why the item is in its last state."""
        found = [e for e in self.journal() if e["event"] == "state" and e["item"].endswith(f":{item}")]
        return str(found[-1]["why"])

    def intents(self, item: str) -> int:
        """How often the item was about to be sent."""
        return sum(e["event"] == "intent" and e["item"].partition(":")[2] == item for e in self.journal())

    def spec(self, item: str) -> Spec:
        """An app or pod in the stand-in."""
        return self.cluster.specs[item]

    def network(self, item: str) -> str:
        """The first network of an app or pod now."""
        return str(self.spec(item).body["networks"][0]["name"])

    def fault(self, method: str, pattern: str, kind: str, **options: Any) -> Fault:
        """Something that goes wrong from now on."""
        fault = Fault(method, pattern, kind, **options)
        self.served.faults.append(fault)
        return fault

    def behave(self, item: str, **fields: Any) -> None:
        """How instances of an app behave once they are on Calico."""
        self.cluster.behaviours[item] = Behaviour(**fields)
