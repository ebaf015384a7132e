"""The shapes of input on which the ``marathon`` command is measured: one trait each beside the usual app.

``python -m benchmarks.shapes NAME PATH`` writes one of them, so that whoever measures stays small.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.apps import app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SIZE = 10_000_000
"""The size of each shape's document in bytes, at least."""

CORPUS = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus" / "marathon"
"""Real definitions, where they are at hand."""


def _usual(number: int) -> dict[str, Any]:
    """The usual app without the findings that two in a hundred have."""
    made = app(number)
    made["container"]["portMappings"][0]["labels"] = {}
    return made


def _label(number: int) -> dict[str, Any]:
    return _with(number, labels={"owner": "team", "network": "dcos"})


def _all_on_dcos(number: int) -> dict[str, Any]:
    return _with(number, networks=[{"mode": "container", "name": "dcos"}])


def _accent(number: int) -> dict[str, Any]:
    return _with(number, labels={"owner": "andré", "tier": "web"})


def _decoy(number: int) -> dict[str, Any]:
    return _with(number, env={"DCOS_REGION": "eu", "RELEASE": "1.9.12.0"})


def _package(number: int) -> dict[str, Any]:
    labels = {"DCOS_PACKAGE_NAME": "nginx", "DCOS_PACKAGE_SOURCE": "https://universe.example.com/repo",
              "DCOS_PACKAGE_VERSION": "1.10.3", "DCOS_SERVICE_NAME": f"nginx-{number}"}  # fmt: skip
    return _with(number, labels=labels)


def _network_labels(number: int) -> dict[str, Any]:
    made = _usual(number)
    if number % 2 == 0:
        made["networks"][0]["labels"] = {"role": "web", "team": f"team-{number}"}
    return made


def _network_names(number: int) -> dict[str, Any]:
    made = _all_on_dcos(number)
    made["container"]["portMappings"][0]["networkNames"] = ["dcos"]
    return made


def _unnamed(number: int) -> dict[str, Any]:
    return _with(number, networks=[{"mode": "container"}])


def _two(number: int) -> dict[str, Any]:
    return _with(
        number,
        networks=[{"mode": "container", "name": "dcos"}, {"mode": "container", "name": "backend"}],
    )


def _pod(number: int) -> dict[str, Any]:
    usual = _usual(number)
    container = {
        "name": "web",
        "exec": {"command": {"shell": usual["cmd"]}},
        "resources": {"cpus": 0.1, "mem": 128, "disk": 0, "gpus": 0},
        "endpoints": [{"name": "http", "containerPort": 8080, "hostPort": 0, "protocol": ["tcp"], "labels": {}}],
        "image": {"kind": "DOCKER", "id": f"registry.example.com/dcos/app:1.2.{number}", "forcePull": False},
        "environment": usual["env"],
        "healthCheck": {"http": {"endpoint": "http", "path": "/health", "scheme": "HTTP"},
                        "gracePeriodSeconds": 300, "intervalSeconds": 60, "maxConsecutiveFailures": 3},
        "labels": {}, "artifacts": [], "volumeMounts": [],
    }  # fmt: skip
    return {
        "id": usual["id"], "labels": usual["labels"], "version": usual["version"], "environment": {},
        "containers": [container, {**container, "name": "side"}],
        "networks": [{"mode": "container", "name": "dcos", "labels": {}}],
        "scaling": {"kind": "fixed", "instances": 2}, "secrets": {}, "volumes": [],
        "scheduling": {"placement": {"constraints": [], "acceptedResourceRoles": []}},
        "executorResources": {"cpus": 0.1, "mem": 32, "disk": 10},
    }  # fmt: skip


def _old_format(number: int) -> dict[str, Any]:
    made = _usual(number)
    del made["networks"]
    ports = made["container"].pop("portMappings")
    made["container"]["type"] = "DOCKER"
    made["container"]["docker"].update(network="USER", portMappings=ports)
    made["ipAddress"] = {"networkName": "dcos", "labels": {}, "groups": []}
    return made


def _vips(share: int) -> Callable[[int], dict[str, Any]]:
    def make(number: int) -> dict[str, Any]:
        made = _all_on_dcos(number)
        if number * share // 100 != (number + 1) * share // 100:
            made["container"]["portMappings"][0]["labels"] = {"VIP_0": f"/app-{number}:80"}
        return made

    return make


def _host_port(number: int) -> dict[str, Any]:
    made = _all_on_dcos(number)
    made["container"]["type"] = "DOCKER"
    made["container"]["portMappings"][0]["hostPort"] = 0
    return made


def _parameter(number: int) -> dict[str, Any]:
    made = _all_on_dcos(number)
    made["container"]["type"] = "DOCKER"
    made["container"]["docker"]["parameters"] = [{"key": "net", "value": "host"}]
    return made


def _address(number: int) -> dict[str, Any]:
    made = _all_on_dcos(number)
    made["env"]["UPSTREAM"] = "9.0.2.17"
    return made


def _with(number: int, **members: Any) -> dict[str, Any]:
    return {**_usual(number), **members}


CALM: dict[str, Callable[[int], dict[str, Any]]] = {
    "the usual app": app,
    "a label whose value is dcos": _label,
    "all on dcos": _all_on_dcos,
    r"\u0026 in the command": _usual,
    r"\u00e9 in a label": _accent,
    "1.9.12.0 in a variable": _decoy,
    "labels of a package": _package,
    "labels of the network": _network_labels,
    "one line": app,
}
"""Apps with no finding (two in a hundred for the usual app) and at most one edit."""

MORE: dict[str, Callable[[int], dict[str, Any]]] = {
    "networkNames": _network_names,
    "a network without a name": _unnamed,
    "two networks": _two,
    "pods": _pod,
    "the old USER format": _old_format,
}
"""Definitions in which more is to be done."""

TOLD: dict[str, tuple[Callable[[int], dict[str, Any]], float]] = {
    "a VIP in 0 %": (_vips(0), 0.0),
    "a VIP in 50 %": (_vips(50), 0.5),
    "a VIP in 100 %": (_vips(100), 1.0),
    "a host port": (_host_port, 1.0),
    "a docker parameter": (_parameter, 1.0),
    "an address of the overlay": (_address, 1.0),
}
"""Apps of which a rule has something to say, and how many findings each has; all are on dcos."""

REAL = ("the corpus", "the corpus' definitions on dcos")
"""Real definitions, replicated."""


def write(name: str, path: str) -> None:
    """Writes the document of one shape: groups of 100 apps, or one array of real definitions."""
    with open(path, "w", encoding="utf-8") as file:
        if name in REAL:
            _replicate(list(corpus(on_dcos=name == REAL[1])), file)
            return
        make = CALM.get(name) or MORE.get(name) or TOLD[name][0]
        indent = None if name == "one line" else 1
        count = SIZE // len(json.dumps([make(number) for number in (0, 1)], indent=indent)) * 2 + 100
        members = "pods" if name == "pods" else "apps"
        teams = [
            {"id": f"/team-{first // 100}", members: [make(each) for each in range(first, first + 100)]}
            for first in range(0, count - count % 100, 100)
        ]
        text = json.dumps({"id": "/", "groups": teams}, indent=indent)
        file.write(text.replace("&", "\\u0026") if "u0026" in name else text)


def corpus(*, on_dcos: bool = False) -> Iterator[str]:
    """The texts of the corpus' apps, alone in their files; with ``on_dcos`` those that are to change."""
    with open(CORPUS / "INDEX.tsv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            changes = row["change_dcos_to_calico (JSON pointers)"] != "-"
            if row["json"] == "ok" and row["kind"] == "app" and (changes or not on_dcos):
                yield (CORPUS / row["file"]).read_text(encoding="utf-8-sig").strip()


def _replicate(texts: list[str], file: Any) -> None:
    times = SIZE // sum(map(len, texts)) + 1
    file.write("[\n" + ",\n".join(texts * times) + "\n]\n")


def count(path: Path) -> int:
    """How many apps stand in a written document of groups."""
    return sum(len(team["apps"]) for team in json.loads(path.read_text())["groups"])


if __name__ == "__main__":
    write(sys.argv[1], sys.argv[2])
