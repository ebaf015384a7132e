"""What the labels of an app say of the package that it was installed from.

dcos/cosmos PackageDefinitionRenderer.scala:140-159 and StorageEnvelope.scala write them: the options are the
base64 of a JSON object with only what the user passed.
"""

from __future__ import annotations

import binascii
import json
from base64 import b64decode
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# The last keys of options that name a network, over all packages of the public Universe.
NETWORK_KEYS = frozenset({
    "virtual_network_name",
    "virtual_network",
    "cni_network_name",
    "network-name",
    "network_name",
})  # fmt: skip


class PackageLabels(NamedTuple):
    """The package's name, the service's name, and the options that the user once passed."""

    name: str
    service: str
    options: Mapping[str, Any]

    @classmethod
    def of(cls, labels: Mapping[str, Any]) -> PackageLabels | None:
        """What the labels say, None where the app is of no package."""
        name = labels.get("DCOS_PACKAGE_NAME")
        if not isinstance(name, str) and "DCOS_COMMONS_API_VERSION" not in labels:
            return None
        service = labels.get("DCOS_SERVICE_NAME") or labels.get("DCOS_PACKAGE_FRAMEWORK_NAME")
        return cls(
            name if isinstance(name, str) else "NAME",
            service if isinstance(service, str) else "SERVICE",
            _decoded(labels.get("DCOS_PACKAGE_OPTIONS")),
        )

    @property
    def update_command(self) -> str:
        """The command that gives the service new options."""
        return f"dcos {self.name} update start --name={self.service} --options=FILE"

    def network_options(self) -> Iterator[tuple[str, str]]:
        """The options that name a network: dotted path and value."""
        pending: list[tuple[tuple[str, ...], Any]] = [((), self.options)]
        while pending:
            path, value = pending.pop()
            if isinstance(value, dict):
                pending.extend(((*path, key), value[key]) for key in reversed(value))
            elif isinstance(value, str) and path and is_network_option(path):
                yield ".".join(path), value


def is_network_option(path: tuple[str, ...]) -> bool:
    """Whether an option with this path names a network, going by its keys."""
    return path[-1] in NETWORK_KEYS or path[-2:] == ("virtual-network", "name")


def _decoded(label: object) -> Mapping[str, Any]:
    """The options in the label, empty where there are none or they cannot be read."""
    if not isinstance(label, str):
        return {}
    try:
        options = json.loads(b64decode(label, validate=True))
    except (binascii.Error, ValueError, RecursionError):
        return {}
    return options if isinstance(options, dict) else {}
