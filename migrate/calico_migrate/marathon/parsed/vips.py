"""The VIPs that a definition declares: labels ``VIP_0``, ``VIP_1`` … on ports.

DC/OS documentation, Networking > Load balancing and virtual IPs: the labels stand on ``portDefinitions``,
``portMappings``, discovery ports, and on the endpoints of pods.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_migrate.marathon.parsed.attachments import pod_endpoints, port_mappings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from calico_core.json.pointers import Path

PREFIX = "VIP_"
"""What the key of a VIP's label begins with."""


def vips(value: Mapping[str, Any]) -> Iterator[tuple[Path, str, Any]]:
    """The path, the label's key and its value for each VIP of an app or pod."""
    for path, port in _ports(value):
        labels = port.get("labels")
        if isinstance(labels, dict):
            for key, name in labels.items():
                if key.startswith(PREFIX):
                    yield (*path, "labels", key), key, name


def _ports(value: Mapping[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    yield from port_mappings(value)
    if value.get("portDefinitions"):
        yield from _listed(value["portDefinitions"], ("portDefinitions",))
    address = value.get("ipAddress")
    discovery = address.get("discovery") if isinstance(address, dict) else None
    if isinstance(discovery, dict):
        yield from _listed(discovery.get("ports"), ("ipAddress", "discovery", "ports"))
    if "containers" in value:
        yield from pod_endpoints(value)


def _listed(value: object, path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    if isinstance(value, list):
        for index, element in enumerate(value):
            if isinstance(element, dict):
                yield (*path, index), element
