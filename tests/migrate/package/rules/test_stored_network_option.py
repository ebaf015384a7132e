from __future__ import annotations

import json
from base64 import b64encode
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.migrate.package.telling import Teller


def exported(options: dict[str, Any]) -> dict[str, str]:
    stored = b64encode(json.dumps(options).encode()).decode()
    labels = {
        "DCOS_PACKAGE_NAME": "demo",
        "DCOS_SERVICE_NAME": "prod/demo",
        "DCOS_COMMONS_API_VERSION": "v1",
        "DCOS_PACKAGE_OPTIONS": stored,
    }
    return {"apps.json": json.dumps({"apps": [{"id": "/prod/demo", "cmd": "x", "labels": labels}]}, indent=1)}


def test_a_service_that_names_the_old_network(told: Teller) -> None:
    options = {"service": {"virtual_network_enabled": True, "virtual_network_name": "dcos", "password": "p"}}
    report = told(exported(options))
    found = report.one("stored-network-option")
    assert (found.severity, found.file) == ("info", "apps.json")
    assert found.pointer == "/apps/0/labels/DCOS_PACKAGE_OPTIONS"
    assert found.here.startswith('"ey')
    assert "prod/demo was installed from demo with options of its own" in found.message
    assert 'service.virtual_network_name is "dcos"' in found.message
    assert "password" not in found.message
    assert "stays on that network until its options are updated" in found.hint
    assert "dcos demo update start --name=prod/demo" in report.one("stored-options").hint
    assert report.edits == []


def test_a_service_on_another_network_needs_nothing(told: Teller) -> None:
    report = told(exported({"service": {"virtual_network_name": "blue"}}))
    found = report.one("stored-network-option")
    assert 'service.virtual_network_name is "blue"' in found.message
    assert found.hint == "it stays on blue, which is not in the map"
    assert "stored-options" not in report.rules


def test_options_that_are_none_of_a_network(told: Teller) -> None:
    report = told(exported({"service": {"name": "dcos"}}))
    assert (report.rules, report.errors) == (set(), [])
