"""What labels say of the package that an app is of."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_migrate.marathon.parsed.package_labels import PackageLabels, is_network_option


def encoded(options: object) -> str:
    return base64.b64encode(json.dumps(options).encode()).decode()


def test_all_of_it() -> None:
    options = {"service": {"name": "k", "virtual_network_name": "dcos"}, "virtual_network": "x"}
    package = PackageLabels.of(
        {"DCOS_PACKAGE_NAME": "kafka", "DCOS_SERVICE_NAME": "k", "DCOS_PACKAGE_OPTIONS": encoded(options)}
    )
    assert package == PackageLabels("kafka", "k", options)
    assert list(package.network_options()) == [
        ("service.virtual_network_name", "dcos"),
        ("virtual_network", "x"),
    ]
    assert package.update_command == "dcos kafka update start --name=k --options=FILE"


def test_what_is_missing_is_named_as_such() -> None:
    package = PackageLabels.of({"DCOS_COMMONS_API_VERSION": "v1"})
    assert package is not None
    assert package.update_command == "dcos NAME update start --name=SERVICE --options=FILE"
    named = PackageLabels.of({"DCOS_PACKAGE_NAME": "kafka", "DCOS_PACKAGE_FRAMEWORK_NAME": "f"})
    assert named is not None
    assert named.service == "f"


@pytest.mark.parametrize("labels", [{}, {"DCOS_PACKAGE_VERSION": "1"}, {"DCOS_PACKAGE_NAME": None}])
def test_an_app_of_no_package(labels: dict[str, object]) -> None:
    assert PackageLabels.of(labels) is None


@given(
    st.one_of(
        st.text(), st.binary().map(lambda data: base64.b64encode(data).decode()), st.integers(), st.none()
    )
)
def test_no_label_breaks_it(label: object) -> None:
    package = PackageLabels.of({"DCOS_PACKAGE_NAME": "a", "DCOS_PACKAGE_OPTIONS": label})
    assert package is not None
    assert isinstance(package.options, dict)
    assert isinstance(list(package.network_options()), list)


@pytest.mark.parametrize(
    "path,names",
    [
        (("virtual_network_name",), True),
        (("a", "virtual_network"), True),
        (("cni_network_name",), True),
        (("network-name",), True),
        (("virtual-network", "name"), True),
        (("name",), False),
        (("cluster_name",), False),
        (("virtual_network_enabled",), False),
        (("virtual_network_name", "x"), False),
    ],
)
def test_options_that_name_networks(path: tuple[str, ...], names: bool) -> None:
    assert is_network_option(path) is names
