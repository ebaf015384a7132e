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
    (overlay,) = [service.overlay for service in found.services]
    assert overlay.file_name == "demo.json"
    assert json.loads(overlay.text) == {"service": {"virtual_network_name": "calico"}}
    assert overlay.command == "dcos demo update start --name=prod/demo --options=FILE"


def test_lists_and_groups_are_read() -> None:
    assert len(read({"apps": [app(STORED), {"id": "/x", "cmd": "y"}]}).services) == 1
    assert (
        len(read({"id": "/", "apps": [], "groups": [{"id": "/prod", "apps": [app(STORED)]}]}).services) == 1
    )


def test_the_definition_tells_the_package_own_paths() -> None:
    package = {
        "config": json.loads(making.STANDARD),
        "marathon": {"v2AppMustacheTemplate": b64encode(making.STANDARD_TEMPLATE.encode()).decode()},
        "resource": {},
    }
    found = read(
        app({"service": {"virtual_network_enabled": True}}, DCOS_PACKAGE_DEFINITION=definition(package))
    )
    (overlay,) = [service.overlay for service in found.services]
    assert json.loads(overlay.text) == {"service": {"virtual_network_name": "calico"}}
    assert overlay.command is None


def packaged(config: str = making.STANDARD, template: str = making.STANDARD_TEMPLATE, **more: Any) -> str:
    return definition(
        {
            "config": json.loads(config),
            "marathon": {"v2AppMustacheTemplate": b64encode(template.encode()).decode()},
            "resource": making.RESOURCE,
            **more,
        }
    )


ON = {"service": {"virtual_network_enabled": True}}


def overlay_of(options: Any, network_map: NetworkMap | None = None, **labels: str) -> Any:
    found = exported.read(json.dumps(app(options, **labels)), network_map or NetworkMap())
    assert found is not None
    return [json.loads(service.overlay.text) for service in found.services]


def test_the_effective_network_decides() -> None:
    label = packaged()
    named = {"service": {"virtual_network_enabled": True, "virtual_network_name": "dmz"}}
    assert overlay_of(ON, DCOS_PACKAGE_DEFINITION=label) == [{"service": {"virtual_network_name": "calico"}}]
    assert overlay_of(named, DCOS_PACKAGE_DEFINITION=label) == []
    both = NetworkMap({"dcos": "calico", "dmz": "calico-dmz"})
    assert overlay_of(named, both, DCOS_PACKAGE_DEFINITION=label) == [
        {"service": {"virtual_network_name": "calico-dmz"}}
    ]
    assert overlay_of(ON, NetworkMap({"dmz": "calico"}), DCOS_PACKAGE_DEFINITION=label) == []


def test_a_service_that_is_on_no_network_has_nothing_to_move() -> None:
    off = {"service": {"virtual_network_enabled": False, "virtual_network_name": "dcos"}}
    for options in (None, {}, off):
        assert overlay_of(options, DCOS_PACKAGE_DEFINITION=packaged()) == []
    assert overlay_of(off) == []
    assert overlay_of({"service": {"virtual_network_name": "calico"}}) == []


def test_a_service_that_stays_is_told_where() -> None:
    named = {"service": {"virtual_network_enabled": True, "virtual_network_name": "dmz"}}
    (finding,) = read(app(named)).findings
    assert finding.hint == "it stays on dmz, which is not in the map"
    assert finding.id == "/prod/demo"


def test_only_what_the_services_own_version_takes() -> None:
    closed = json.loads(making.STANDARD)
    closed["properties"]["service"]["additionalProperties"] = False
    del closed["properties"]["service"]["properties"]["virtual_network_name"]
    assert overlay_of(STORED, DCOS_PACKAGE_DEFINITION=packaged(json.dumps(closed))) == []
    listed = json.loads(making.STANDARD)
    listed["properties"]["service"]["properties"]["virtual_network_name"]["enum"] = ["dcos", "other"]
    assert overlay_of(STORED, DCOS_PACKAGE_DEFINITION=packaged(json.dumps(listed))) == []


def test_networks_in_a_list() -> None:
    options = {"pool": {"networks": [{"name": "dcos", "labels": ""}, {"name": "x"}]}}
    assert overlay_of(options) == [{"pool": {"networks": [{"name": "calico", "labels": ""}, {"name": "x"}]}}]


def test_a_pool_of_edgelb_is_moved_by_its_file() -> None:
    options = {"edgelbPool": {"networks": [{"name": "dcos", "labels": "", "index": 0}]}}
    found = read(app(options, DCOS_PACKAGE_NAME="edgelb-pool"))
    assert found.services == []
    (finding,) = found.findings
    assert "dcos edgelb update" in finding.hint


def test_options_that_cannot_be_read_are_none() -> None:
    found = read(app(DCOS_PACKAGE_OPTIONS="%%%", DCOS_PACKAGE_DEFINITION="%%%"))
    assert (found.findings, found.services) == ([], [])


def test_a_definition_that_unpacks_without_end_is_left() -> None:
    packed = b64encode(gzip.compress(b" " * (17 * 1024 * 1024))).decode()
    found = read(app(DCOS_PACKAGE_DEFINITION=label({"data": packed})))
    assert found.services == []


def test_a_package_name_that_is_no_file_name_gives_no_overlay() -> None:
    assert read(app(STORED, DCOS_PACKAGE_NAME="../../etc/x")).services == []


def test_an_app_without_a_package_is_not_told_about() -> None:
    assert exported.read(json.dumps({"id": "/x", "cmd": "y", "labels": {"A": "b"}}), NetworkMap()) is None
