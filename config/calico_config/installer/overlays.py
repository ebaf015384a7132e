"""The installer's checks of the overlay networks, and its one comparison with Calico's network."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from calico_config.installer.checks import int_in_range, network, one_of, parse_json
from calico_config.installer.python36 import CrashedError, RefusedError, ip_network

if TYPE_CHECKING:
    from collections.abc import Mapping


def _parsed(text: str) -> Any:
    try:
        return parse_json(text)
    except ValueError:
        raise RefusedError(f"Provided input was not valid JSON: {text}") from None


def _contains(container: Any, name: str) -> bool:
    """``name in container`` as Python has it: an object's keys, a list's items, a part of a text."""
    try:
        return name in container
    except TypeError as error:
        raise CrashedError(f"TypeError: {error}") from None


def _item(container: Any, key: Any) -> Any:
    try:
        return container[key]
    except (TypeError, KeyError, IndexError) as error:
        raise CrashedError(f"{type(error).__name__}: {error}") from None


def _length(value: Any) -> int:
    try:
        return len(value)
    except TypeError as error:
        raise CrashedError(f"TypeError: {error}") from None


def overlay_network(text: str) -> None:
    """``validate_dcos_overlay_network``: structure, networks, MTU. An ill-typed structure is a traceback."""
    config = _parsed(text)
    if not _contains(config, "overlays"):
        raise RefusedError(f'Missing "overlays" in overlay configuration {config}')
    overlays = _item(config, "overlays")
    if _length(overlays) == 0:
        raise RefusedError(f'"Overlays" network configuration is empty: {config}')
    _present(config, "vtep_mac_oui")
    for name, version in (("vtep_subnet", 4), ("vtep_subnet6", 6)):
        _present(config, name)
        network(name, config[name], version)
    int_in_range(config.get("vtep_mtu", 1500), 552, None)
    for overlay in overlays:
        _overlay(overlay)


def _present(config: Mapping[str, Any], name: str) -> None:
    if name not in config:
        raise RefusedError(f'Missing "{name}" in overlay configuration {config}')


def _overlay(overlay: Any) -> None:
    if not _contains(overlay, "name"):
        raise RefusedError(f'Missing "name" in overlay configuration: {overlay}')
    name = _item(overlay, "name")
    if _length(name) > 13:
        raise RefusedError(f"Overlay name cannot exceed 13 characters: {name}")
    if not ("subnet" in overlay or "subnet6" in overlay):
        raise RefusedError(f'Missing "subnet" or "subnet6" in overlay configuration: {overlay}')
    if "subnet" in overlay:
        network("overlay subnet", overlay["subnet"], 4)
    if "subnet6" in overlay:
        network("subnet6", overlay["subnet6"], 6)
    if "enabled" in overlay:
        one_of(overlay["enabled"], (True, False))


def overlay_network_json(text: str, enable_ipv6: str) -> str:
    """``calculate_dcos_overlay_network_json``: without IPv6, overlays that have nothing else are disabled."""
    config = _parsed(text)
    for overlay in config["overlays"]:
        if enable_ipv6 == "false" and "subnet" not in overlay:
            overlay["enabled"] = False
    return json.dumps(config)


def default_name(name: str, text: str) -> None:
    """The default network is one of the overlays."""
    overlays = _parsed(text)["overlays"]
    if not any(_item(overlay, "name") == name for overlay in overlays):
        raise RefusedError(
            f"Default overlay network name does not reference a defined overlay network: {name}"
        )


def not_overlapping(values: Mapping[str, str]) -> None:
    """The first overlay's subnet that overlaps Calico's network; disabled overlays count too."""
    if values.get("calico_enabled", "true") != "true" or values["dcos_overlay_enable"] != "true":
        return
    calico = ip_network(values["calico_network_cidr"])
    for overlay in _parsed(values["dcos_overlay_network"])["overlays"]:
        if "subnet" not in overlay or calico is None:
            continue
        subnet = ip_network(overlay["subnet"])
        if subnet is not None and subnet.overlaps(calico):
            raise RefusedError(
                f"overlay subnet {subnet} overlaps calico network {values['calico_network_cidr']}"
            )
