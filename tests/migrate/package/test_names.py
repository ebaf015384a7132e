"""What names say about networks."""

from __future__ import annotations

import pytest

from calico_migrate.package import names


@pytest.mark.parametrize(
    "path", ["a.virtual_network_name", "a.virtual_network", "a.network-name", "virtual-network.name"]
)
def test_paths_of_names(path: str) -> None:
    assert names.is_name_path(path.split("."))


@pytest.mark.parametrize(
    "path", ["a.name", "a.virtual_network_enabled", "a.network", "a.network_provider", "network.name"]
)
def test_other_paths(path: str) -> None:
    assert not names.is_name_path(path.split("."))


@pytest.mark.parametrize(
    "variable",
    [
        "VIRTUAL_NETWORK_NAME",
        "VIRTUAL_NETWORK_NAME_DATA",
        "DSE_NODE_VIRTUAL_NETWORK_NAME",
        "TASKCFG_ALL_VIRTUAL_NETWORK_NAME",
    ],
)
def test_variables_of_names(variable: str) -> None:
    assert names.is_name_variable(variable)
    assert not names.is_switch_variable(variable)


@pytest.mark.parametrize(
    "variable", ["ENABLE_VIRTUAL_NETWORK", "VIRTUAL_NETWORK_ENABLED", "TASKCFG_ALL_VIRTUAL_NETWORK_ENABLED"]
)
def test_switches(variable: str) -> None:
    assert names.is_switch_variable(variable)
    assert not names.is_name_variable(variable)


def test_label_variables() -> None:
    assert names.is_label_variable("VIRTUAL_NETWORK_PLUGIN_LABELS")
    assert names.is_label_variable("CNI_PLUGIN_LABELS")
    assert names.is_label_variable("VIRTUAL_NETWORK_LABELS")
    assert not names.is_label_variable("TASK_LABELS")
