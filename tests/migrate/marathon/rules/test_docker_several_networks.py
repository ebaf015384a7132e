"""Docker apps on more than one container network."""

from __future__ import annotations

from typing import Any

import pytest

from calico_core.findings import Severity
from calico_migrate.network_map import NetworkMap
from tests.migrate.marathon.rules.asked import DOCKER, UCR, found

RULE = "docker-several-networks"


def test_more_than_one_network() -> None:
    (finding,) = found(RULE, {"networks": [{"name": "dcos"}, {"name": "other"}], **DOCKER})
    assert finding.severity is Severity.ERROR
    assert (finding.line, finding.column, finding.pointer) == (1, 14, "/networks")
    assert finding.message == (
        "Marathon would refuse this: may only specify a single container network when using the Docker container"
        " engine; it is on 2: calico, other"
    )


def test_names_the_default_network_that_stays() -> None:
    app = {"networks": [{"name": "a"}, {}], **DOCKER}
    (finding,) = found(RULE, app, NetworkMap({"a": "calico"}))
    assert finding.message.endswith("calico, the default network")


@pytest.mark.parametrize(
    "app",
    [
        {"networks": [{"name": "dcos"}, {"name": "other"}], **UCR},
        {"networks": [{"name": "dcos"}, {"name": "other"}]},
        {"networks": [{"name": "dcos"}, {"name": "calico"}], **DOCKER},
        {"networks": [{"name": "dcos"}, {}], **DOCKER},
        {"networks": [{"name": "dcos"}, {"mode": "host"}], **DOCKER},
        {"networks": [{"name": "a"}, {"name": "b"}], "containers": []},
    ],
    ids=["ucr", "no-container", "merged", "merged-unnamed", "one-container-network", "pod"],
)
def test_one_network_or_another_runtime(app: dict[str, Any]) -> None:
    assert found(RULE, app) == []
