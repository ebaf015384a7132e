from __future__ import annotations

from tests.migrate.package import making
from tests.migrate.package.making import NAME, app_template, config_text, group
from tests.migrate.package.telling import Teller, release

TEMPLATE = app_template("[]", '{"KUBERNETES_NETWORK_PROVIDER": "{{kubernetes.network_provider}}"}')


def test_a_provider_of_the_old_name(told: Teller) -> None:
    report = told(release(making.texts(config_text(kubernetes=group(network_provider=NAME)), TEMPLATE)))
    found = report.one("network-provider")
    assert (found.severity, found.file) == ("warning", "config.json")
    assert found.pointer == "/properties/kubernetes/properties/network_provider/default"
    assert found.here == '"dcos"'
    assert "kubernetes.network_provider is 'dcos' by default" in found.message
    assert "KUBERNETES_NETWORK_PROVIDER" in found.message
    assert "test installation" in found.hint
    assert report.edits == []


def test_a_provider_of_another_name(told: Teller) -> None:
    config = config_text(kubernetes=group(network_provider=NAME | {"default": "flannel"}))
    assert "network-provider" not in told(release(making.texts(config, TEMPLATE))).rules


def test_the_name_of_a_network_is_none_of_a_provider(told: Teller) -> None:
    report = told(release(making.texts()))
    assert report.edit("network-option").new == "calico"
    assert "network-provider" not in report.rules
