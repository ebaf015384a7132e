"""Labels that Calico refuses."""

from __future__ import annotations

import json
from typing import Any

import pytest

from calico_core.findings import Severity
from tests.migrate.marathon.rules.asked import DOCKER, UCR, found

RULE = "refused-policy-label"
PREFIX = "org.projectcalico.label."


def ucr(labels: dict[str, Any]) -> dict[str, Any]:
    return {"networks": [{"name": "dcos", "labels": labels}], **UCR}


def docker(*labels: str) -> dict[str, Any]:
    parameters = [{"key": "label", "value": PREFIX + label} for label in labels]
    container = {"type": "DOCKER", "docker": {"image": "web", "parameters": parameters}}
    return {"networks": [{"name": "dcos"}], "container": container}


def test_under_docker() -> None:
    (finding,) = found(RULE, docker("role=web", "team=a team"))
    assert finding.severity is Severity.ERROR
    assert finding.pointer == "/container/docker/parameters/1/value"
    assert finding.line == 1
    assert finding.message.startswith("Calico refuses the value of the label 'team', because")
    assert finding.message.endswith("; all labels of the container are lost")


def test_under_ucr() -> None:
    (finding,) = found(RULE, ucr({"role": "_web"}))
    assert finding.pointer == "/networks/0/labels/role"
    assert finding.message.startswith("Calico refuses the value of the label 'role', because")
    assert finding.message.endswith("; the container does not start")


@pytest.mark.parametrize(
    "document",
    [
        docker("=x"),
        docker("a/b/c=x"),
        docker("_=x"),
        docker("role=" + "x" * 64),
        ucr({"": "x"}),
        ucr({"///": "x"}),
        ucr({"x" * 64: "x"}),
        ucr({"role_": "x"}),
        {"networks": [{"name": "dcos", "labels": {"": "x"}}], "containers": []},
        {"ipAddress": {"labels": {"_": "x"}}},
        {"run": {"networks": [{"labels": {"_": "x"}}]}},
        {"run": {"networks": [{}], "docker": docker("_=x")["container"]["docker"]}},
    ],
)
def test_refused(document: dict[str, Any]) -> None:
    assert len(found(RULE, document)) == 1


@pytest.mark.parametrize(
    "document",
    [
        docker("role=web", "example.com/role=web", "empty=", "bare"),
        ucr({"role": "a team", "a/b": "c", "long": "x" * 64, "number": 5}),
        {"networks": [{"name": "dcos", "labels": {"_": "x"}}], **DOCKER},
        {"networks": [{"name": "other", "labels": {"_": "x"}}], **UCR},
        {"labels": {"_": "x"}, "networks": [{"name": "dcos"}], **UCR},
    ],
    ids=["docker", "ucr", "not-read-by-docker", "other-network", "app-labels"],
)
def test_accepted(document: dict[str, Any]) -> None:
    assert found(RULE, document) == []


def test_corpus(shared: Any) -> None:
    """Every recorded label is refused here exactly where it was refused there."""
    path = shared / "corpus" / "label-sanitising.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if "ucr_key_valid" in row]
    assert rows
    for row in rows:
        raw = row["raw"]
        documents = [
            (ucr({raw: "x"}), row["ucr_key_valid"]),
            (ucr({"x": raw}), row["ucr_value_valid"]),
            (docker(f"x={raw}"), row["docker_value_valid"]),
        ]
        if "=" not in raw:
            documents.append((docker(f"{raw}=x"), row["docker_key_valid"]))
        for document, valid in documents:
            assert (found(RULE, document) == []) is valid, document
