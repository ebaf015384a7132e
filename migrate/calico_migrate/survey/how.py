"""The commands that move places: words of a shell, whatever the paths are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.shell import joined
from calico_migrate.network_map import NetworkMap

if TYPE_CHECKING:
    from collections.abc import Iterator


def command(name: str, path: str, network_map: NetworkMap) -> str:
    """The command line that rewrites a path in place; ``name`` is ``marathon`` or ``package``."""
    words = ["calico-migrate", name, "-w", *_map(network_map, takes_default=name == "marathon"), "--", path]
    return joined(words)


def _map(network_map: NetworkMap, *, takes_default: bool) -> Iterator[str]:
    usual = NetworkMap()
    if network_map.names != usual.names:
        for old, new in network_map.names.items():
            yield f"--map={old}={new}"
    if takes_default and network_map.default_network != usual.default_network:
        yield f"--default-network={network_map.default_network}"
