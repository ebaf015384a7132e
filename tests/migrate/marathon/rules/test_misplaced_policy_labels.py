"""Policy labels where the runtime does not read them."""

from __future__ import annotations

from typing import Any

import pytest

from calico_core.findings import Severity
from tests.migrate.marathon.rules.asked import DOCKER, UCR, found, pointers

RULE = "misplaced-policy-labels"
LABELLED = {"networks": [{"name": "dcos", "labels": {"role": "web", "tier": "1"}}]}
PARAMETER = {"key": "label", "value": "org.projectcalico.label.role=web"}


def test_network_labels_under_docker() -> None:
    (finding,) = found(RULE, {**LABELLED, **DOCKER})
    assert finding.severity is Severity.ERROR
    assert finding.pointer == "/networks/0/labels"
    assert (finding.line, finding.column) == (1, 42)
    assert finding.message == "Docker ignores the labels of a network, so that policies do not see role, tier"
    assert "--move-labels" in finding.hint


def test_parameters_under_ucr() -> None:
    container = {"type": "MESOS", "docker": {"parameters": [{"key": "label", "value": "a=b"}, PARAMETER]}}
    (finding,) = found(RULE, {"networks": [{"name": "calico"}], "container": container})
    assert finding.pointer == "/container/docker/parameters/1/value"
    assert finding.message == "UCR ignores docker parameters, so that policies do not see the label role"


def test_the_deprecated_format() -> None:
    app = {"ipAddress": {"labels": {"role": "web"}}, "container": {"docker": {"network": "USER"}}}
    assert pointers(RULE, app) == ["/ipAddress/labels"]


@pytest.mark.parametrize(
    "document",
    [
        {**LABELLED, **UCR},
        LABELLED,
        {**LABELLED, "containers": []},
        {"networks": [{"name": "dcos"}], "container": {"docker": {"parameters": [PARAMETER]}}},
        {"networks": [{"name": "other", "labels": {"a": "b"}}], **DOCKER},
        {"networks": [{"name": "dcos", "labels": {}}], **DOCKER},
        {"networks": [{"name": "dcos", "labels": None}], **DOCKER},
        {
            "networks": [{"mode": "host"}],
            "container": {"type": "MESOS", "docker": {"parameters": [PARAMETER]}},
        },
    ],
    ids=["ucr", "no-container", "pod", "docker-parameter", "other-network", "empty", "null", "host"],
)
def test_in_the_right_place(document: dict[str, Any]) -> None:
    assert found(RULE, document) == []


def test_silent_when_labels_are_moved() -> None:
    assert found(RULE, {**LABELLED, **DOCKER}, move_labels=True) == []


JOB: dict[str, Any] = {"id": "nightly", "run": {"docker": {"image": "a"}, "networks": [
    {"mode": "container", "name": "dcos", "labels": {"role": "web"}}]}}  # fmt: skip
OWN: dict[str, Any] = {"labels": {"org.projectcalico.label.role": "web", "owner": "web"}}


def test_a_job_under_docker() -> None:
    (finding,) = found(RULE, JOB)
    assert (finding.severity, finding.pointer) == (Severity.ERROR, "/run/networks/0/labels")
    ucr = {**JOB, "run": {**JOB["run"], "docker": None, "ucr": {"image": {"id": "a"}}}}
    assert found(RULE, ucr) == []


@pytest.mark.parametrize(
    "document",
    [
        {"networks": [{"name": "dcos"}], **DOCKER},
        {"networks": [{"name": "calico"}], **UCR},
        {"containers": [], "networks": [{"name": "dcos"}]},
        {"id": "j", "run": {"docker": {}, "networks": [{"mode": "container", "name": "dcos"}]}},
    ],
)
def test_among_the_definitions_own_labels(document: dict[str, Any]) -> None:
    (finding,) = found(RULE, {**document, **OWN})
    assert (finding.severity, finding.pointer) == (Severity.ERROR, "/labels/org.projectcalico.label.role")
    assert "neither runtime" in finding.message


def test_own_labels_of_an_app_that_is_not_on_calico() -> None:
    assert found(RULE, {"networks": [{"mode": "host"}], **UCR, **OWN}) == []
    assert found(RULE, {"networks": [{"name": "dcos"}], "labels": {"role": "web"}, **UCR}) == []
