"""The ``cluster`` commands on a stand-in cluster with two thousand apps on loopback."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks import Row, measure, tool
from benchmarks.apps import app
from tests.support.standin import Behaviour, Cluster, StandIn, serving
from tests.support.standin.server import TOKEN

TITLE = "`calico-migrate cluster`"
REFERENCE = "what each row names"

_APPS = 2_000
_WAIT = 20
# Reads what `status` reads, and parses it.
_READ = """
import json, sys, urllib3
pool = urllib3.PoolManager()
for path in sys.argv[2:]:
    answer = pool.request("GET", sys.argv[1] + path, headers={"Authorization": "token=good-token"})
    json.loads(answer.data)
"""
_PATHS = (
    "/metadata",
    "/service/marathon/v2/info",
    "/mesos/state",
    "/service/marathon/v2/apps",
    "/service/marathon/v2/pods",
)


class _Used(NamedTuple):
    """CPU seconds, wall seconds and peak memory in bytes of a process."""

    cpu: float
    wall: float
    peak: int


def rows() -> list[Row]:
    """The rows of planning, of status, and of waiting."""
    cluster = Cluster()
    for number in range(_APPS):
        body = app(number)
        body["healthChecks"] = [{"protocol": "MESOS_HTTP", "portIndex": 0}]
        body["instances"] = 2
        cluster.add(body)
    with tempfile.TemporaryDirectory() as folder, serving(cluster) as served:
        return _measured(Path(folder), served)


def _measured(folder: Path, served: StandIn) -> list[Row]:
    (folder / "token").write_text(TOKEN)
    connection = ["--url", served.url, "--token-file", str(folder / "token")]
    snapshot, plan = str(folder / "snapshot"), str(folder / "plan")
    _use([*tool("cluster", "snapshot", "-o", snapshot), *connection])
    dump = os.path.join(snapshot, "marathon", "marathon", "apps.json")
    _use(tool("cluster", "plan", snapshot, "-o", plan))
    found = measure({
        "check": tool("marathon", "--check", dump),
        "plan": tool("cluster", "plan", snapshot, "-o", plan),
        "read": [sys.executable, "-c", _READ, served.url, *_PATHS],
        "status": [*tool("cluster", "status", plan), *connection],
    }, rounds=5)  # fmt: skip
    rows = [
        Row(
            f"`plan`, {_APPS:,} apps, beside `marathon --check` of the same dump",
            found["plan"].seconds / found["check"].seconds,
            3.0,
        ),
        Row(
            f"`status PLAN`, {_APPS:,} apps, beside urllib3 and json reading and parsing the same answers",
            found["status"].seconds / found["read"].seconds,
            2.0,
        ),
    ]
    return [*rows, *_waiting(served, plan, connection)]


def _waiting(served: StandIn, plan: str, connection: list[str]) -> list[Row]:
    """The CPU of `apply` itself while it waits, and its memory after a short and a long wait."""
    first = next(iter(served.cluster.specs))
    served.cluster.behaviours[first] = Behaviour(hang=True)
    command = [
        *tool("cluster", "apply", plan, "--yes", "--item", first, "--poll", "2s", "--settle", "0s"),
        *connection,
    ]
    used = {}
    for seconds in (2, _WAIT):
        used[seconds] = _use([*command, "--item-timeout", f"{seconds}s"])
    extra = used[_WAIT].cpu - used[2].cpu
    share = extra / (used[_WAIT].wall - used[2].wall)
    return [
        Row(
            "`apply`, its own CPU of a core while it waits",
            share,
            0.05,
            note=f"of {_WAIT - 2} s more of waiting",
        ),
        Row(
            f"`apply`, peak memory after {_WAIT} s beside 2 s",
            used[_WAIT].peak / used[2].peak,
            1.1,
            note=f"{used[_WAIT].peak // 1_000_000} MB",
        ),
    ]


def _use(command: list[str]) -> _Used:
    began = time.monotonic()
    with open(os.devnull, "wb") as sink:
        actions = [(os.POSIX_SPAWN_DUP2, sink.fileno(), number) for number in (1, 2)]
        process = os.posix_spawnp(command[0], command, dict(os.environ), file_actions=actions)
        _, _, usage = os.wait4(process, 0)
    return _Used(usage.ru_utime + usage.ru_stime, time.monotonic() - began, usage.ru_maxrss * 1024)
