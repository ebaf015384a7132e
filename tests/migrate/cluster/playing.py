"""Plays a documentation page: runs its console blocks one after the other, and puts in what they say.

Run as ``python -m tests.migrate.cluster.playing docs/commands/cluster.md`` it writes the page anew.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.migrate.cluster.installing import ON, cassandra
from tests.migrate.cluster.installing import pool as pool_of_balancers
from tests.migrate.cluster.lab import SHORT, app, pod
from tests.support.standin import Cluster, serving
from tests.support.standin.server import TOKEN

if TYPE_CHECKING:
    from collections.abc import Callable

_BLOCK = re.compile(r"^```console\n(.*?)^```\n", re.MULTILINE | re.DOTALL)
_URL = "https://dcos.example.com"
_PARTS = (
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"), "TIME"),
    (re.compile(r"\b\d\d:\d\d:\d\d\b"), "TIME"),
    (re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"), "UUID"),
    (re.compile(r"\b[\d,]+ bytes"), "BYTES"),
    (re.compile(r"by \S+@\S+"), "by WHO"),
    (re.compile(r"\b\d+ of \d+ new, \d+ old|\d+ of \d+ healthy|the deployment UUID is under way"), "SOME"),
)


def shop() -> Cluster:
    """The cluster of the examples."""
    cluster = Cluster(start_delay=0.05, health_delay=0.05)
    port = {"containerPort": 80, "networkNames": ["dcos"], "labels": {"VIP_0": "/web:80"}}
    container = {"type": "MESOS", "docker": {"image": "shop/web:2"}, "portMappings": [port]}
    cluster.add(app("/shop/web", instances=3, cpus=0.5, mem=256, container=container))
    cluster.add(app("/shop/worker", cpus=0.5, mem=128))
    cluster.add(pod("/shop/sessions"))
    cluster.add(app("/batch/nightly", healthChecks=[], instances=1))
    cluster.install(cassandra(), ON, pods=2)
    cluster.balance(pool_of_balancers("front"))
    run = {"cmd": "report", "ucr": {"image": {"id": "batch/report:1"}}, "cpus": 0.1, "mem": 32, "disk": 0}
    networks = [{"mode": "container", "name": "dcos"}]
    cluster.jobs["batch.report"] = {"id": "batch.report", "run": {**run, "networks": networks}}
    return cluster


def played(page: str) -> str:
    """The page with what its commands really said."""
    with tempfile.TemporaryDirectory() as directory, serving(shop()) as served:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("DCOS_")},
            "DCOS_URL": served.url,
            "DCOS_ACS_TOKEN": TOKEN,
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        }

        def said(command: str) -> str:
            words = shlex.split(command)
            if words[2] in ("apply", "rollback"):
                words += SHORT
            done = subprocess.run(
                words,
                env=environment,
                cwd=directory,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                timeout=60,
                check=False,
            )
            return re.sub(r"by \S+@\S+", "by ops@bastion", done.stdout.replace(served.url, _URL))

        return _BLOCK.sub(_replacing(said), page)


def _replacing(said: Callable[[str], str]) -> Callable[[re.Match[str]], str]:
    def replace(block: re.Match[str]) -> str:
        commands = [line[2:] for line in block[1].splitlines() if line.startswith("$ ")]
        return "```console\n" + "".join(f"$ {command}\n{said(command)}" for command in commands) + "```\n"

    return replace


def comparable(page: str) -> list[str]:
    """The lines of a page without what differs from run to run."""
    lines = []
    for line in page.splitlines():
        for pattern, word in _PARTS:
            line = pattern.sub(word, line)
        if "waits for" not in line:
            lines.append(line)
    return lines


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(played(path.read_text(encoding="utf-8")), encoding="utf-8")
