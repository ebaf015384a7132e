"""What labels say of the package that an app is of."""

from __future__ import annotations

import base64
import gzip
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
        {
            "DCOS_PACKAGE_NAME": "kafka",
            "DCOS_SERVICE_NAME": "k",
            "DCOS_PACKAGE_OPTIONS": encoded(options),
            "DCOS_COMMONS_API_VERSION": "v1",
        }
    )
    assert package is not None
    assert (package.name, package.service, package.options) == ("kafka", "k", options)
    assert package.network_options == [
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
    assert isinstance(package.network_options, list)


@pytest.mark.parametrize(
    "path,names",
    [
        (("virtual_network_name",), True),
        (("a", "virtual_network"), True),
        (("cni_network_name",), True),
        (("network-name",), True),
        (("virtual-network", "name"), True),
        (("marathon", "default-network-name"), True),
        (("pool", "networks", 0, "name"), True),
        (("pool", "names", 0, "name"), False),
        (("name",), False),
        (("cluster_name",), False),
        (("virtual_network_enabled",), False),
        (("virtual_network_name", "x"), False),
    ],
)
def test_options_that_name_networks(path: tuple[str | int, ...], names: bool) -> None:
    assert is_network_option(path) is names


def definition(resource: object) -> str:
    packed = base64.b64encode(
        gzip.compress(json.dumps({"config": {}, "resource": resource}).encode())
    ).decode()
    return encoded({"metadata": {}, "data": packed})


@pytest.mark.parametrize(
    "labels,command",
    [
        ({"DCOS_COMMONS_API_VERSION": "v1"}, "dcos demo update start --name=d --options=FILE"),
        ({"DCOS_COMMONS_API_VERSION": "v1", "DCOS_PACKAGE_DEFINITION": definition({"cli": {"binaries": {}}})},
         "dcos demo update start --name=d --options=FILE"),
        ({"DCOS_COMMONS_API_VERSION": "v1", "DCOS_PACKAGE_DEFINITION": definition({"assets": {}})}, None),
        ({"DCOS_COMMONS_API_VERSION": "v1", "DCOS_PACKAGE_DEFINITION": definition({"cli": {}})}, None),
        ({}, None),
        ({"DCOS_PACKAGE_NAME": "kubernetes-cluster"},
         "dcos kubernetes cluster update --cluster-name=d --options=FILE"),
        ({"DCOS_COMMONS_API_VERSION": "v1", "DCOS_SERVICE_NAME": "a b;c"},
         "dcos demo update start --name='a b;c' --options=FILE"),
    ],
)  # fmt: skip
def test_the_update_command_only_where_there_is_one(labels: dict[str, str], command: str | None) -> None:
    package = PackageLabels.of({"DCOS_PACKAGE_NAME": "demo", "DCOS_SERVICE_NAME": "d", **labels})
    assert package is not None
    assert package.update_command == command
    assert (command or "has no command that updates them") in package.how_to_update()


def test_a_pool_of_edgelb_is_updated_by_its_file() -> None:
    options = {"edgelbPool": {"networks": [{"name": "dcos"}, {"name": 5}]}, "networks": [["dcos"]]}
    package = PackageLabels.of({"DCOS_PACKAGE_NAME": "edgelb-pool", "DCOS_PACKAGE_OPTIONS": encoded(options)})
    assert package is not None
    assert package.network_options == [("edgelbPool.networks[0].name", "dcos")]
    assert "`dcos edgelb update`" in package.how_to_update()
