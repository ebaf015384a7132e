"""What Metronome refuses about the networks of a job."""

from __future__ import annotations

from typing import Any

import pytest

from calico_core.findings import Severity
from tests.migrate.marathon.rules.asked import found

RULE = "refused-by-metronome"


def job(*networks: Any, **run: Any) -> dict[str, Any]:
    return {"id": "nightly", "run": {"cmd": "x", "docker": {"image": "a"}, "networks": list(networks), **run}}


ON_DCOS = {"mode": "container", "name": "dcos"}
ON_WEB = {"mode": "container", "name": "web"}


@pytest.mark.parametrize(
    "document,pointer,words",
    [
        (
            job(ON_DCOS, docker=None),
            "/run/networks/0",
            "Only containers may join container or bridge networks",
        ),
        (job({"mode": "container/bridge"}, docker=None), "/run/networks/0", "Only containers may join"),
        (job({"mode": "CONTAINER", "name": "dcos"}), "/run/networks/0/mode", "there is no mode 'CONTAINER'"),
        (job({"mode": "Host"}), "/run/networks/0/mode", "there is no mode 'Host'"),
        (job({"mode": "bridge"}), "/run/networks/0/mode", "container, container/bridge, host"),
        (job({"mode": 5}), "/run/networks/0/mode", "there is no mode 5"),
        (job({"name": "dcos"}), "/run/networks/0", "without a mode"),
        (job({"mode": None, "name": "dcos"}), "/run/networks/0", "without a mode"),
        (job({"mode": "host", "name": "dcos"}), "/run/networks/0/name", "must be empty for a host network"),
        (
            job({"mode": "host", "labels": {"a": "b"}}),
            "/run/networks/0/labels",
            "must be empty for a host network",
        ),
        (
            job({"mode": "container/bridge", "name": "dcos"}),
            "/run/networks/0/name",
            "must be empty for a bridge",
        ),
        (job({"mode": "container", "name": "Odd.Name"}), "/run/networks/0/name", "at most 63"),
        (job(5), "/run/networks/0", "no object"),
        ({"id": "j", "run": {"networks": {}}}, "/run/networks", "no array"),
        (job(ON_DCOS, ON_WEB), "/run/networks", "Docker does not allow specification of multiple networks"),
        (job(ON_DCOS, {"mode": "host"}), "/run/networks", "You may not mix host, container"),
        (job({"mode": "host"}, {"mode": "host"}), "/run/networks", "Only one host or container/bridge"),
        (job({"mode": "host"}, {"mode": "host"}, docker=None), "/run/networks", "Only one host or"),
        (job(*[{"mode": "container/bridge"}] * 2), "/run/networks", "Only one host or container/bridge"),
        (job(ON_WEB, ON_WEB, docker=None, ucr={}), "/run/networks", "network names must be unique: web"),
    ],
)
def test_refuses(document: dict[str, Any], pointer: str, words: str) -> None:
    findings = found(RULE, document)
    assert [each.pointer for each in findings] == [pointer]
    assert words in findings[0].message
    assert findings[0].message.startswith("Metronome would refuse this: ")
    assert findings[0].severity is Severity.ERROR


@pytest.mark.parametrize(
    "document",
    [
        job(ON_DCOS),
        job(ON_DCOS, docker=None, ucr={"image": {"id": "a"}}),
        job(ON_DCOS, ON_WEB, docker=None, ucr={"image": {"id": "a"}}),
        # They become one network.
        job(ON_DCOS, {"mode": "container", "name": "calico"}),
        job({"mode": "${MODE}"}, {"mode": "host"}),
        job({"mode": "host"}, docker=None),
        job({"mode": "host", "name": None, "labels": {}}),
        job({"mode": "container/bridge", "labels": {"a": "b"}}),
        job({"mode": "${MODE}"}),
        job(docker=None),
        {"id": "j", "run": {"cmd": "x"}},
        {"id": "/a", "cmd": "x", "networks": [{"mode": "CONTAINER", "name": "dcos"}, {}]},
    ],
)
def test_takes(document: dict[str, Any]) -> None:
    assert found(RULE, document) == []


def test_each_job_of_a_list() -> None:
    findings = found(RULE, [job({"name": "dcos"}), job(ON_DCOS), job(ON_DCOS, docker=None)])
    assert [each.pointer for each in findings] == ["/0/run/networks/0", "/2/run/networks/0"]
