"""Option overlays and the commands to use them with."""

from __future__ import annotations

import json

import pytest

from calico_migrate.network_map import NetworkMap
from calico_migrate.package.options import overlays
from calico_migrate.package.options.overlays import Overlay, named
from calico_migrate.package.universe.reports import examine
from tests.migrate.package import making
from tests.migrate.package.making import NAME, app_template, config_text, group


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


def running(service: str, network: str, package: str = "queue") -> Overlay:
    return Overlay(
        package, None, service, {("service", "name_of_network"): network}, "run FILE", running=True
    )


def names(services: list[Overlay], others: list[Overlay] | None = None) -> list[str]:
    return [overlay.file_name for overlay in named(services, others or [])]


def test_services_that_get_the_same_share_a_file() -> None:
    assert names([running("a", "calico"), running("b", "calico")]) == ["queue.json", "queue.json"]


def test_services_that_differ_have_files_of_their_own() -> None:
    a, b, c = running("prod/a", "calico"), running("b", "front"), running("b", "calico", "other")
    assert names([a, b, c]) == ["prod_a.json", "b.json", "other.json"]
    assert names([b, a, c]) == ["b.json", "prod_a.json", "other.json"]


def test_no_file_has_two_contents() -> None:
    a, twice = running("a", "calico"), running("a", "front")
    assert names([a, twice]) == ["a.json", "a-2.json"]
    own = Overlay("queue", None, "queue", {("x",): "y"}, None)
    assert names([running("a", "calico")], [own]) == ["a.json"]
    assert names([running("../../etc/x", "a"), running("", "b")]) == ["_.._etc_x.json", "queue.json"]


def test_what_is_said_of_a_running_service() -> None:
    (overlay,) = named([running("a b", "calico")], [])
    finding = overlay.finding("out dir")
    assert finding.message.startswith("a b keeps the service.name_of_network that it was installed with")
    assert finding.hint == "run `run 'out dir/queue.json'`"
