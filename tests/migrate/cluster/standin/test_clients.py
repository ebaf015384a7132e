"""Real clients of DC/OS against the stand-in: what satisfies them is near enough to the real thing.

`scripts/clients` installs them where their Pythons are; a client that is missing is a skip with its reason.
"""

from __future__ import annotations

import json
import os
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.migrate.cluster.installing import ON, cassandra
from tests.migrate.cluster.lab import app, pod
from tests.support.standin.server import TOKEN

if TYPE_CHECKING:
    from tests.migrate.cluster.lab import Lab

CLIENTS = Path(__file__).parents[4] / ".clients"
PORT = {"containerPort": 80, "name": "web", "labels": {"VIP_0": "/web:80"}}
DOCKER = {"type": "MESOS", "docker": {"image": "nginx"}, "portMappings": [PORT]}

pytestmark = pytest.mark.xdist_group("clients")


def installed(path: str, name: str) -> Path:
    """A file of an installed client, or a skip."""
    found = CLIENTS / path
    if not (CLIENTS / path.partition("/")[0] / "done").exists():
        pytest.skip(f"{name} is not installed here; scripts/clients does it, where it can")
    return found


def run(*command: str | Path, environment: dict[str, str], stdin: str = "") -> tuple[int, str]:
    """The exit code of a command, and all that it said."""
    done = subprocess.run(
        [str(word) for word in command],
        env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **environment},
        input=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout


@pytest.fixture
def shop(lab: Lab) -> Lab:
    """Two apps, a pod, a job and a package."""
    lab.cluster.add(app("/web", container=DOCKER))
    lab.cluster.add(app("/plain"))
    lab.cluster.add(pod("/sessions"))
    lab.cluster.add({"id": "/cass", "cmd": "./sched", "labels": {"DCOS_PACKAGE_NAME": "cassandra"}})
    lab.cluster.jobs["nightly"] = {"id": "nightly", "run": {"cmd": "x", "cpus": 0.1, "mem": 32, "disk": 0}}
    return lab


def calm(lab: Lab) -> None:
    """Waits until no deployment runs."""
    end = time.monotonic() + 10
    while True:
        with lab.cluster.lock:
            lab.cluster.advance()
            if not lab.cluster.deployments:
                return
        assert time.monotonic() < end
        time.sleep(0.005)


# The DC/OS CLI of 2018


class Dcos:
    """`dcos`, attached to the stand-in."""

    def __init__(self, lab: Lab) -> None:
        self._program = installed("dcoscli/bin/dcos", "dcoscli 0.6.1")
        # It starts its own parts by name.
        path = f"{self._program.parent}:{os.environ['PATH']}"
        self._environment = {"DCOS_DIR": str(lab.path / "dcos"), "HOME": str(lab.path), "PATH": path}
        assert self("config", "set", "core.dcos_url", lab.served.url)[0] == 0
        assert self("config", "set", "core.dcos_acs_token", TOKEN)[0] == 0

    def __call__(self, *words: str, stdin: str = "") -> tuple[int, str]:
        return run(self._program, *words, environment=self._environment, stdin=stdin)


@pytest.fixture
def dcos(shop: Lab) -> Dcos:
    """The command line."""
    return Dcos(shop)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("marathon about", '"frameworkId": "0f0e7c1a-1111-4000-8000-000000000002-0001"'),
        ("marathon app list", "2/2"),
        ("marathon app show /web", '"servicePort": 10000'),
        ("marathon app version list /web", "Z"),
        ("marathon pod list", "/sessions"),
        ("marathon task list", "/plain"),
        ("task", "sessions.instance-"),
        ("job list", "nightly"),
        ("package list", "cassandra"),
    ],
)
def test_dcoscli_reads(dcos: Dcos, shop: Lab, words: str, expected: str) -> None:
    shop.cluster.install(cassandra(), ON)
    code, said = dcos(*words.split())
    assert code == 0, said
    assert expected in said
    assert "Traceback" not in said


def test_dcoscli_changes_and_meets_a_lock(dcos: Dcos, shop: Lab) -> None:
    shop.cluster.start_delay = 60
    code, said = dcos("marathon", "app", "update", "/web", "cpus=0.2")
    assert (code, said.startswith("Created deployment ")) == (0, True), said
    code, said = dcos("marathon", "app", "update", "/web", "cpus=0.3")
    assert (code, said.strip()) == (1, "Changes blocked: deployment already in progress for app.")
    code, said = dcos("marathon", "deployment", "list")
    assert (code, "/web" in said) == (0, True), said
    deployment = shop.cluster.deployments[0].id
    assert dcos("marathon", "deployment", "rollback", deployment)[0] == 0
    assert shop.spec("/web").body["cpus"] == 0.1
    code, said = dcos("marathon", "deployment", "rollback", "00000000-0000-4000-8000-000000000000")
    assert (code, "does not exist" in said) == (1, True), said


def test_dcoscli_with_the_networks_alone_loses_the_image(dcos: Dcos, shop: Lab) -> None:
    """The first of the dangerous mistakes, made with the tool that people have."""
    patch = json.dumps({"networks": [{"mode": "container", "name": "calico"}]})
    code, _ = dcos("marathon", "app", "update", "/web", stdin=patch)
    assert code == 0
    assert "docker" not in shop.spec("/web").body["container"]


def test_what_we_move_dcoscli_finds_whole(dcos: Dcos, shop: Lab) -> None:
    shop.planned("--canary", "none")
    assert shop.apply().code == 0
    code, said = dcos("marathon", "app", "show", "/web")
    assert code == 0
    shown = json.loads(said)
    assert shown["networks"] == [{"mode": "container", "name": "calico"}]
    assert shown["container"]["docker"]["image"] == "nginx"
    assert dcos("marathon", "deployment", "list")[1].strip() == "There are no deployments"


def test_what_we_send_uses_the_cluster_that_dcoscli_is_attached_to(dcos: Dcos, shop: Lab) -> None:
    """The layout of its files is the real one, and its token goes to its own URL alone."""
    assert dcos("config", "show", "core.dcos_acs_token")[1].strip() == TOKEN
    shop.environment["DCOS_DIR"] = str(shop.path / "dcos")
    found = shop.run("status")
    if not list((shop.path / "dcos").glob("clusters/*/dcos.toml")):
        # A cluster that was set up by `config set` alone has no directory of its own.
        shop.environment["DCOS_CONFIG"] = str(shop.path / "dcos" / "dcos.toml")
        found = shop.run("status")
    assert found.code == 0, found.errors


# The Marathon library

_LIBRARY = """
import json, sys
from marathon import MarathonClient
from marathon.exceptions import MarathonError

client = MarathonClient(sys.argv[1] + "/service/marathon", auth_token=sys.argv[2])
app = client.get_app("/plain")
app.cpus = 0.5

def status(call):
    try:
        call()
    except MarathonError as error:
        return getattr(error, "status_code", 0)
    return 200

print(json.dumps({
    "ping": client.ping().decode(),
    "info": client.get_info().framework_id,
    "apps": sorted(each.id for each in client.list_apps()),
    "tasks": len(client.list_tasks()),
    "versions": len(client.list_versions("/plain")),
    "leader": client.get_leader()["leader"],
    "group": client.get_group("/").id,
    "missing": status(lambda: client.get_app("/nope")),
    "update": status(lambda: client.update_app("/plain", app)),
    "again": status(lambda: client.update_app("/plain", app)),
    "deployments": len(client.list_deployments()),
    "queue": len(client.list_queue()),
    "events": status(lambda: next(iter(client.event_stream()))),
}))
"""


def test_the_marathon_library(shop: Lab) -> None:
    shop.cluster.start_delay = 60
    program = installed("dcoscli/bin/python", "marathon 0.13.0")
    code, said = run(program, "-W", "ignore", "-c", _LIBRARY, shop.served.url, TOKEN, environment={})
    assert code == 0, said
    found = json.loads(said.strip().splitlines()[-1])
    assert found == {
        "ping": "pong", "info": shop.cluster.framework, "apps": ["/cass", "/plain", "/web"], "tasks": 5,
        "versions": 1, "leader": "10.0.0.1:8080", "group": "/", "missing": 404, "update": 200, "again": 409,
        "deployments": 1, "queue": 0,
        # It sends no token there.
        "events": 0,
    }  # fmt: skip
    # It sends the whole model back.
    assert shop.spec("/plain").body["cpus"] == 0.5
    assert shop.spec("/plain").body["container"]["docker"]["image"] == "nginx"
    events = [each for each in shop.served.requests if each.path.endswith("/v2/events")]
    assert {each.authorization for each in events} == {""}
    (written,) = {each.path for each in shop.served.writes()}
    assert written == "/service/marathon/v2/apps//plain?force=False"


# dcos-deploy


def test_dcos_deploy_puts_an_app_back_and_status_says_so(shop: Lab) -> None:
    program = installed("dcos-deploy/bin/dcos-deploy", "dcos-deploy 0.4.0")
    shop.planned("--canary", "none")
    assert shop.apply().code == 0
    before: dict[str, Any] = {
        key: value for key, value in app("/web", container=DOCKER).items() if key != "healthChecks"
    }
    (shop.path / "web.json").write_text(
        json.dumps({**before, "healthChecks": shop.spec("/web").body["healthChecks"]})
    )
    (shop.path / "dcos.yml").write_text("web:\n  type: app\n  path: /web\n  marathon: web.json\n")
    environment = {"DCOS_BASE_URL": shop.served.url, "DCOS_AUTH_TOKEN": TOKEN, "HOME": str(shop.path)}
    code, said = run(program, "apply", "-f", shop.path / "dcos.yml", "--yes", environment=environment)
    assert code == 0, said
    assert "Would update marathon app /web" in said
    calm(shop)
    assert shop.network("/web") == "dcos"
    item = shop.status("--check")["items"]["marathon:/web"]
    assert item["tasks"] == {"dcos": 2}
    assert item["state"] == "reverted"


# The event bus

_EVENTS = """
const Client = require("marathon-event-bus-client");
const url = new URL(process.argv[1]);
const client = new Client({
    marathonHost: url.hostname, marathonPort: url.port, marathonUri: "/service/marathon/v2/events",
    marathonHeaders: {"Authorization": "token=" + process.argv[2]},
    eventTypes: ["event_stream_attached"],
    handlers: {"event_stream_attached": (name) => { console.log(name); process.exit(0); }}
});
client.on("error", (error) => { console.log(JSON.stringify(error)); process.exit(1); });
client.subscribe();
setTimeout(() => process.exit(2), 20000);
"""


@pytest.mark.parametrize(("token", "code"), [(TOKEN, 0), ("another", 1)])
def test_the_event_bus_client(shop: Lab, token: str, code: int) -> None:
    modules = installed("events/node_modules", "marathon-event-bus-client 0.1.7")
    done, said = run("node", "-e", _EVENTS, shop.served.url, token, environment={"NODE_PATH": str(modules)})
    assert (done, "event_stream_attached" in said) == (code, code == 0), said
