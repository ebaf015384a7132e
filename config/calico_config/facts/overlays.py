"""The DC/OS overlay as a config.yaml describes it: its networks and its tunnels' addresses."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from calico_config.facts.parts import Network6, Overlay
from calico_config.facts.settings import Settings
from calico_config.parameters import default_text
from calico_core.addresses import Range, parse_network

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from calico_core.json.pointers import Path

OVERLAY_VNI = 1024
"""The VXLAN identifier of vtep1024, hard coded. Source: dcos/dcos-mesos-modules overlay/master.cpp."""

OVERLAY_PORT = 64000
"""The UDP port of the overlay's VXLAN. Source: dcos/dcos-net dcos_overlay_poller.erl (VXLAN_UDP_PORT)."""


@cache
def _default_overlay_network() -> dict[str, Any]:
    """What DC/OS configures without anybody asking; shared, never changed."""
    import json

    value: dict[str, Any] = json.loads(default_text("dcos_overlay_network") or "{}")
    return value


class OverlayFacts(Settings):
    """The overlay's configuration in effect, and the ranges in it."""

    @cached_property
    def overlay_parameter(self) -> str:
        """The parameter that the overlay's configuration comes from."""
        name = "dcos_overlay_network_json"
        return name if self.is_set(name) else "dcos_overlay_network"

    @cached_property
    def overlay_network(self) -> dict[str, Any] | None:
        """The overlay's configuration in effect, None where it is no mapping or cannot be read."""
        name = self.overlay_parameter
        if not self.is_set(name):
            return _default_overlay_network()
        try:
            value = self.document.json(name)
        except ValueError:
            return None
        return value if isinstance(value, dict) else None

    @property
    def overlay_is_set(self) -> bool:
        """Whether the file sets the overlay's configuration."""
        return self.is_set(self.overlay_parameter)

    @cached_property
    def overlays(self) -> Sequence[Overlay]:
        """The entries of ``overlays`` that are mappings."""
        entries = (self.overlay_network or {}).get("overlays")
        if not isinstance(entries, list):
            return ()
        return [
            Overlay(entry, self._overlay_path("overlays", index))
            for index, entry in enumerate(entries)
            if isinstance(entry, dict)
        ]

    def _overlay_path(self, *steps: str | int) -> Path:
        return (self.overlay_parameter, *steps) if self.overlay_is_set else ()

    @cached_property
    def overlay_ranges(self) -> Sequence[Range]:
        """The IPv4 subnets of all overlays, disabled ones too."""
        return [entry for entry, _ in self._overlay_pairs()]

    @cached_property
    def enabled_overlay_ranges(self) -> Sequence[Range]:
        """The IPv4 subnets of the overlays in use; none while the overlay is off."""
        return [entry for entry, overlay in self._overlay_pairs() if self.overlay_on and overlay.enabled]

    def _overlay_pairs(self) -> Iterator[tuple[Range, Overlay]]:
        origin = "file" if self.overlay_is_set else "default"
        for overlay in self.overlays:
            subnet = overlay.fields.get("subnet")
            written = parse_network(subnet) if isinstance(subnet, str) else None
            if written is not None:
                path = (*overlay.path, "subnet") if overlay.path else ()
                network = written.network
                name = f"overlay network {overlay.name}"
                yield Range(*network, "overlay", name, origin, path, str(network)), overlay

    @cached_property
    def installer_overlay_ranges(self) -> Sequence[Range]:
        """The subnets that the installer compares with Calico's network, bare numbers included."""
        from calico_config.installer.python36 import ip_network

        name = "dcos_overlay_network"
        try:
            value = self.document.json(name) if self.is_set(name) else None
        except ValueError:
            return ()
        entries = value.get("overlays") if isinstance(value, dict) else None
        found: list[Range] = []
        for index, entry in enumerate(entries if isinstance(entries, list) else ()):
            if isinstance(entry, dict) and "subnet" in entry:
                network = ip_network(entry["subnet"])
                if network is not None and network.version == 4:
                    owner = f"overlay network {entry.get('name', 'without a name')}"
                    path = (name, "overlays", index, "subnet")
                    found.append(
                        Range(network.first, network.last, "overlay", owner, "file", path, str(network))
                    )
        return found

    @cached_property
    def overlay_networks6(self) -> Sequence[Network6]:
        """The IPv6 subnets of all overlays in the file, disabled ones too."""
        from ipaddress import IPv6Network

        found: list[Network6] = []
        for overlay in self.overlays:
            subnet = overlay.fields.get("subnet6")
            if not isinstance(subnet, str) or not overlay.path:
                continue
            try:
                network = IPv6Network(subnet)
            except ValueError:
                continue
            first = int(network.network_address)
            last = int(network.broadcast_address)
            found.append(Network6(first, last, overlay.name, subnet, (*overlay.path, "subnet6")))
        return found

    @cached_property
    def vtep_ranges(self) -> Sequence[Range]:
        """The addresses of the overlay's tunnel endpoints, also while the overlay is off."""
        subnet = (self.overlay_network or {}).get("vtep_subnet")
        written = parse_network(subnet) if isinstance(subnet, str) else None
        if written is None:
            return ()
        origin = "file" if self.overlay_is_set else "default"
        path = self._overlay_path("vtep_subnet")
        owner = "the overlay's VTEPs (vtep_subnet)"
        return (Range(*written.network, "vtep", owner, origin, path, str(written.network)),)

    @property
    def active_vtep_ranges(self) -> Sequence[Range]:
        """The addresses of the overlay's tunnel endpoints while the overlay is on."""
        return self.vtep_ranges if self.overlay_on else ()
