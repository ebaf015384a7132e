"""The stand-in answers what real clients asked a real API for, with the status that they got."""

from __future__ import annotations

import http.client
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.migrate.cluster.lab import app
from tests.support.standin.server import TOKEN

if TYPE_CHECKING:
    from pathlib import Path

    from tests.migrate.cluster.lab import Lab


def ask(lab: Lab, method: str, path: str, headers: dict[str, str], body: str | None) -> int:
    connection = http.client.HTTPConnection(urlsplit(lab.served.url).netloc, timeout=10)
    connection.request(method, path, body=body, headers=headers)
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status


def body_of(entry: dict[str, Any], lab: Lab) -> str | None:
    """The recorded body; one that was cut short in the recording is what the client had read before."""
    if entry["body"] is None:
        return None
    try:
        json.loads(entry["body"])
    except ValueError:
        identity = "/" + entry["path"].partition("?")[0].rpartition("/")[2]
        return json.dumps(lab.spec(identity).body)
    return str(entry["body"])


def test_every_recorded_request(shared: Path, lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    lab.cluster.add({"id": "/cass", "cmd": "./sched", "labels": {"DCOS_PACKAGE_NAME": "cassandra"}})
    recorded = (shared / "corpus" / "live" / "witness-requests.jsonl").read_text().splitlines()
    wrong = []
    for line in recorded:
        entry = json.loads(line)
        headers = {"Accept": entry["accept"]}
        if entry["content_type"]:
            headers["Content-Type"] = entry["content_type"]
        if entry["authorization"] != "none":
            headers["Authorization"] = f"token={TOKEN}"
        lab.cluster.deployments.clear()
        status = ask(lab, entry["method"], entry["path"], headers, body_of(entry, lab))
        if status != entry["answered"]:
            wrong.append((entry["client"], entry["method"], entry["path"], entry["answered"], status))
    assert wrong == []
    assert len(recorded) == 38
