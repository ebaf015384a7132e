"""Option overlays and the commands to use them with."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from calico_migrate.network_map import NetworkMap
from calico_migrate.package.options import overlays
from calico_migrate.package.universe.reports import examine
from tests.migrate.package import making
from tests.migrate.package.making import NAME, app_template, config_text, group

if TYPE_CHECKING:
    from calico_migrate.package.options.overlays import Overlay


def overlay(
    config: str = making.STANDARD, template: str = making.STANDARD_TEMPLATE, **package: str
) -> Overlay | None:
    content = making.content(config, template, making.PACKAGE | package)
    return overlays.overlay_of(examine(content, NetworkMap(), None, proof=False), 3)


def test_the_overlay_of_a_package() -> None:
    found = overlay()
    assert found is not None
    assert found.file_name == "demo-3.json"
    assert json.loads(found.text) == {"service": {"virtual_network_name": "calico"}}
    assert found.command == "dcos demo update start --name=demo --options=FILE"
    assert "o/demo-3.json" in found.finding("o").hint


def test_several_options() -> None:
    config = config_text(a=group(virtual_network=NAME), b=group(virtual_network=NAME))
    template = app_template('[{"name": "{{a.virtual_network}}"}, {"name": "{{b.virtual_network}}"}]')
    found = overlay(config, template)
    assert found is not None
    assert json.loads(found.text) == {"a": {"virtual_network": "calico"}, "b": {"virtual_network": "calico"}}
    assert found.command is None
    assert found.finding(None).rule == "no-update-command"


def test_kubernetes_cluster_has_a_command_of_its_own() -> None:
    found = overlay(name="kubernetes-cluster")
    assert found is not None
    assert found.command == "dcos kubernetes cluster update --cluster-name=demo --options=FILE"


@pytest.mark.parametrize("name", ["../x", "{{package-name}}", "X", ""])
def test_a_name_that_is_none_gives_no_file(name: str) -> None:
    assert overlay(name=name) is None


def test_an_option_that_goes_nowhere_has_an_overlay_that_says_so() -> None:
    found = overlay(config_text(a=group(virtual_network=NAME)), '{"id": "x"}')
    assert found is not None
    assert json.loads(found.text) == {"a": {"virtual_network": "calico"}}
    assert "moves no service" in found.finding(None).message
    assert "moves no service" not in (overlay() or found).finding(None).message


def test_no_option_gives_no_file() -> None:
    assert overlay("{}", app_template('[{"name": "dcos"}]')) is None
