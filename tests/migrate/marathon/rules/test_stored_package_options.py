"""Options of a package that name the old network."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from calico_core.findings import Severity
from calico_migrate.marathon.rewriting import rewrite
from tests.migrate.marathon.rules.asked import found

RULE = "stored-package-options"


def app(options: object, **labels: str) -> dict[str, Any]:
    data = options if isinstance(options, bytes) else json.dumps(options).encode()
    encoded = base64.b64encode(data).decode()
    return {"id": "/a", "labels": {"DCOS_PACKAGE_NAME": "kafka", "DCOS_PACKAGE_OPTIONS": encoded, **labels}}


def test_decodes_and_says_what_to_run() -> None:
    options = {"service": {"name": "k", "virtual_network_name": "dcos"}}
    document = app(options, DCOS_SERVICE_NAME="k", DCOS_COMMONS_API_VERSION="v1")
    (finding,) = found(RULE, document)
    assert finding.severity is Severity.WARNING
    assert (finding.line, finding.column) == (1, json.dumps(document).index('"eyJ') + 1)
    assert finding.pointer == "/labels/DCOS_PACKAGE_OPTIONS"
    assert "service.virtual_network_name = dcos" in finding.message
    assert finding.hint == (
        "run `dcos kafka update start --name=k --options=FILE` with service.virtual_network_name = calico in FILE"
    )


def test_never_changes_them() -> None:
    assert rewrite(json.dumps(app({"virtual_network_name": "dcos"}))).edits == []


@pytest.mark.parametrize(
    "options",
    [
        {"virtual_network": "dcos"},
        {"node": {"virtual-network": {"name": "dcos"}}},
        {"cni": [{"network-name": "x"}], "a": {"cni_network_name": "dcos"}},
    ],
)
def test_the_names_of_options_that_name_networks(options: object) -> None:
    assert len(found(RULE, app(options))) == 1


@pytest.mark.parametrize(
    "options",
    [
        {"service": {"virtual_network_name": "other"}},
        {"service": {"cluster_name": "dcos", "password": "dcos"}},
        {"virtual_network_name": True},
        ["virtual_network_name", "dcos"],
        b"not json",
        b"\xff\xfe",
        b'{"a":' * 50_000,
    ],
    ids=["other-network", "other-options", "no-text", "array", "no-json", "no-text-at-all", "deep"],
)
def test_silent_elsewhere(options: object) -> None:
    assert found(RULE, app(options)) == []


@pytest.mark.parametrize("label", ["%%%", "eyJ", None, 5])
def test_a_label_that_is_no_base64(label: object) -> None:
    labels = {"DCOS_PACKAGE_NAME": "kafka", "DCOS_PACKAGE_OPTIONS": label}
    assert found(RULE, {"id": "/a", "labels": labels}) == []


def test_a_package_without_an_update_command_and_a_pool_of_edgelb() -> None:
    (finding,) = found(RULE, app({"virtual_network_name": "dcos"}))
    assert "the package has no command that updates them" in finding.hint
    pool = app({"edgelbPool": {"networks": [{"name": "dcos"}]}}, DCOS_PACKAGE_NAME="edgelb-pool")
    (finding,) = found(RULE, pool)
    assert "edgelbPool.networks[0].name = dcos" in finding.message
    assert "dcos edgelb update" in finding.hint
