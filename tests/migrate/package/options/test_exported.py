"""Exported apps: their stored options are read and shown, and give overlays."""

from __future__ import annotations

import gzip
import json
from base64 import b64encode
from typing import Any

from calico_migrate.network_map import NetworkMap
from calico_migrate.package.options import exported
from tests.migrate.package import making


def label(value: Any) -> str:
    return b64encode(json.dumps(value).encode()).decode()


def definition(value: Any) -> str:
    packed = b64encode(gzip.compress(json.dumps(value).encode())).decode()
    return label({"metadata": {"Content-Encoding": "gzip"}, "data": packed})


def app(options: Any = None, **labels: str) -> dict[str, Any]:
    found = {
        "DCOS_PACKAGE_NAME": "demo",
        "DCOS_SERVICE_NAME": "prod/demo",
        "DCOS_COMMONS_API_VERSION": "v1",
        **labels,
    }
    if options is not None:
        found["DCOS_PACKAGE_OPTIONS"] = label(options)
    return {"id": "/prod/demo", "cmd": "x", "labels": found}


STORED = {"service": {"name": "prod/demo", "virtual_network_enabled": True, "virtual_network_name": "dcos"}}


def read(value: Any) -> exported.Export:
    found = exported.read(json.dumps(value, indent=1), NetworkMap())
    assert found is not None
    return found


def test_stored_options_are_shown_at_their_label() -> None:
    found = read(app(STORED))
    (finding,) = found.findings
    assert finding.rule == "stored-network-option"
    assert 'service.virtual_network_name is "dcos"' in finding.message
    assert "service.virtual_network_enabled is true" in finding.message
    assert finding.pointer == "/labels/DCOS_PACKAGE_OPTIONS"
    (overlay,) = found.overlays
    assert overlay.file_name == "demo.json"
    assert json.loads(overlay.text) == {"service": {"virtual_network_name": "calico"}}
    assert overlay.command == "dcos demo update start --name=prod/demo --options=FILE"


def test_lists_and_groups_are_read() -> None:
    assert len(read({"apps": [app(STORED), {"id": "/x", "cmd": "y"}]}).overlays) == 1
    assert (
        len(read({"id": "/", "apps": [], "groups": [{"id": "/prod", "apps": [app(STORED)]}]}).overlays) == 1
    )


def test_the_definition_tells_the_package_own_paths() -> None:
    package = {
        "config": json.loads(making.STANDARD),
        "marathon": {"v2AppMustacheTemplate": b64encode(making.STANDARD_TEMPLATE.encode()).decode()},
        "resource": {},
    }
    found = read(app({"service": {}}, DCOS_PACKAGE_DEFINITION=definition(package)))
    (overlay,) = found.overlays
    assert json.loads(overlay.text) == {"service": {"virtual_network_name": "calico"}}
    assert overlay.command is None


def test_options_that_cannot_be_read_are_none() -> None:
    found = read(app(DCOS_PACKAGE_OPTIONS="%%%", DCOS_PACKAGE_DEFINITION="%%%"))
    assert (found.findings, found.overlays) == ([], [])


def test_a_definition_that_unpacks_without_end_is_left() -> None:
    packed = b64encode(gzip.compress(b" " * (17 * 1024 * 1024))).decode()
    found = read(app(DCOS_PACKAGE_DEFINITION=label({"data": packed})))
    assert found.overlays == []


def test_a_package_name_that_is_no_file_name_gives_no_overlay() -> None:
    assert read(app(STORED, DCOS_PACKAGE_NAME="../../etc/x")).overlays == []


def test_an_app_without_a_package_is_not_told_about() -> None:
    assert exported.read(json.dumps({"id": "/x", "cmd": "y", "labels": {"A": "b"}}), NetworkMap()) is None
