"""What the labels of an app say of the package that it was installed from.

dcos/cosmos PackageDefinitionRenderer.scala:140-159 and StorageEnvelope.scala write them: the options are the
base64 of a JSON object with only what the user passed.
"""

from __future__ import annotations

import binascii
import io
import json
import shlex
import zlib
from base64 import b64decode
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_core.json.pointers import Path

# The last keys of options that name a network, over all packages of the public Universe.
NETWORK_KEYS = frozenset({
    "virtual_network_name",
    "virtual_network",
    "cni_network_name",
    "network-name",
    "network_name",
})  # fmt: skip


KUBERNETES_CLUSTER = "kubernetes-cluster"
"""The one package without the SDK's command line that updates options by a command of its own."""

EDGELB_POOL = "edgelb-pool"
"""The package whose services Edge-LB renders from pool files."""

# A package definition is some ten thousand bytes; more than this is no package.
_LARGEST = 16 * 1024 * 1024


class PackageLabels:
    """What the labels of an app say: the package's and the service's name, and the options once passed."""

    def __init__(
        self, name: str, service: str, options: Mapping[str, Any], labels: Mapping[str, Any]
    ) -> None:
        self.name = name
        self.service = service
        self.options = options
        self._labels = labels

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
            labels,
        )

    @cached_property
    def definition(self) -> Mapping[str, Any]:
        """The package as it was installed: ``config``, ``marathon``, ``resource``; empty without one."""
        return _definition(self._labels.get("DCOS_PACKAGE_DEFINITION"))

    @property
    def update_command(self) -> str | None:
        """The command that gives the service the options of ``FILE``; None where its package has none.

        ``dcos <package> update start`` belongs to the command line of an SDK scheduler, which packages
        without ``cli`` among their resources do not bring along.
        """
        if self.name == KUBERNETES_CLUSTER:
            return f"dcos kubernetes cluster update --cluster-name={shlex.quote(self.service)} --options=FILE"
        if "DCOS_COMMONS_API_VERSION" not in self._labels:
            return None
        resource = self.definition.get("resource")
        if self.definition and not (isinstance(resource, dict) and resource.get("cli")):
            return None
        name, service = shlex.quote(self.name), shlex.quote(self.service)
        return f"dcos {name} update start --name={service} --options=FILE"

    def how_to_update(self, change: str = "") -> str:
        """What gives the service other options; ``change`` says which, such as `` with x = y in FILE``."""
        if self.name == EDGELB_POOL:
            return "change virtualNetworks in the pool's file, and run `dcos edgelb update` with that file"
        command = self.update_command
        if command is not None:
            return f"run `{command}`{change}"
        return (
            "the package has no command that updates them: edit its options in the DC/OS UI, or install it"
            f" anew with `dcos package install {shlex.quote(self.name)} --options=FILE`{change}"
        )

    @cached_property
    def network_options(self) -> list[tuple[str, str]]:
        """The options that name a network: dotted path, with ``[0]`` for what stands in a list, and value."""
        found: list[tuple[str, str]] = []
        pending: list[tuple[Path, Any]] = [((), self.options)]
        while pending:
            path, value = pending.pop()
            if isinstance(value, dict):
                pending += [((*path, key), value[key]) for key in reversed(value)]
            elif isinstance(value, list):
                pending += [((*path, index), value[index]) for index in reversed(range(len(value)))]
            elif isinstance(value, str) and path and is_network_option(path):
                found.append((dotted(path), value))
        return found


def dotted(path: Path) -> str:
    """The path of an option as users write it."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")


def is_network_option(path: Path) -> bool:
    """Whether an option with this path names a network, going by its keys."""
    if path[-1] in NETWORK_KEYS or path[-2:] == ("virtual-network", "name"):
        return True
    # Of a Marathon that was installed as a package: what its unnamed networks stand for.
    if path[-1] == "default-network-name":
        return True
    # An entry of a list of networks.
    return (
        path[-1] == "name"
        and len(path) > 2
        and isinstance(path[-2], int)
        and "network" in str(path[-3]).lower()
    )


def _decoded(label: object) -> Mapping[str, Any]:
    """The options in the label, empty where there are none or they cannot be read."""
    if not isinstance(label, str):
        return {}
    try:
        options = json.loads(b64decode(label, validate=True))
    except (binascii.Error, ValueError, RecursionError):
        return {}
    return options if isinstance(options, dict) else {}


def _definition(label: object) -> Mapping[str, Any]:
    """The package definition in a label: base64 of a JSON envelope around base64 of gzipped JSON."""
    if not isinstance(label, str):
        return {}
    import gzip

    try:
        envelope = json.loads(b64decode(label, validate=True))
        packed = b64decode(envelope["data"], validate=True)
        with gzip.GzipFile(fileobj=io.BytesIO(packed)) as file:
            data = file.read(_LARGEST + 1)
        definition = json.loads(data) if len(data) <= _LARGEST else {}
    except (ValueError, KeyError, TypeError, OSError, EOFError, zlib.error, RecursionError):
        return {}
    return definition if isinstance(definition, dict) else {}
