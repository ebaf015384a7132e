"""Exported apps of installed packages: the options that they were installed with, read and never edited."""

from __future__ import annotations

import gzip
import json
import zlib
from base64 import b64decode
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.errors import CalicoMigrateError
from calico_core.spans import Lines
from calico_migrate.marathon.definitions import walk
from calico_migrate.marathon.parsed.package_labels import PackageLabels
from calico_migrate.package import names
from calico_migrate.package.options.option_files import leaves
from calico_migrate.package.options.overlays import KUBERNETES_CLUSTER, PACKAGE_NAME, Overlay, update_command
from calico_migrate.package.rules import stored_network_option
from calico_migrate.package.universe import content as parts
from calico_migrate.package.universe.content import Content
from calico_migrate.package.universe.planning import plan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_core.findings import Finding
    from calico_migrate.marathon.definitions import Definition
    from calico_migrate.network_map import NetworkMap
    from calico_migrate.package.universe.schema import OptionPath

# A package definition is some ten thousand bytes; more than this is no package.
_LARGEST = 16 * 1024 * 1024


class Export(NamedTuple):
    """What a document of exported apps tells."""

    kind: str
    findings: list[Finding]
    overlays: list[Overlay]


def read(text: str, network_map: NetworkMap) -> Export | None:
    """The installed packages in a document of Marathon apps; None where it has none.

    Raises InputError where the text is no JSON.
    """
    apps: list[tuple[Definition, PackageLabels]] = []

    def keep(definition: Definition) -> None:
        labels = definition.value.get("labels") if definition.kind == "app" else None
        package = PackageLabels.of(labels) if isinstance(labels, dict) else None
        if package is not None:
            apps.append((definition, package))

    kind, _ = walk(text, keep)
    found: list[Finding] = []
    overlays: dict[str, Overlay] = {}
    lines = Lines(text)
    for definition, package in apps:
        labels = definition.value["labels"]
        options = [
            (path, value)
            for path, value in leaves(package.options, ())
            if names.is_name_path(path) or (path and names.is_network_like(path[-1]))
        ]
        stored = {
            path: network_map.names[value]
            for path, value in options
            if isinstance(value, str) and value in network_map.names and names.is_name_path(path)
        }
        declared = _declared(labels.get("DCOS_PACKAGE_DEFINITION"), network_map)
        _add_overlay(overlays, package, labels, {**declared, **stored})
        if not options:
            continue
        shown = ", ".join(f"{'.'.join(path)} is {json.dumps(value)}" for path, value in options)
        where = ("labels", "DCOS_PACKAGE_OPTIONS")
        found.append(
            stored_network_option.finding(
                f"{package.service} was installed from {package.name}",
                shown,
                lines.position(definition.offset(where)),
                definition.pointer(where),
                moves=bool(stored),
            )._replace(id=definition.identity.resolved())
        )
    return Export(kind or "app", found, list(overlays.values())) if apps else None


def _add_overlay(
    overlays: dict[str, Overlay],
    package: PackageLabels,
    labels: Mapping[str, Any],
    options: dict[OptionPath, str],
) -> None:
    """Takes a service's options into the overlay of its package; apps of one package share one file."""
    if not options or PACKAGE_NAME.fullmatch(package.name) is None:
        return
    known = overlays.get(package.name)
    definition = _definition(labels.get("DCOS_PACKAGE_DEFINITION"))
    scheduler = "DCOS_COMMONS_API_VERSION" in labels
    own = not definition or bool(
        isinstance(definition.get("resource"), dict) and definition["resource"].get("cli")
    )
    command = package.update_command if scheduler and own else None
    if package.name == KUBERNETES_CLUSTER:
        command = update_command(package.name, package.service, {}, "")
    overlays[package.name] = Overlay(
        package.name, None, package.service, {**(known.options if known else {}), **options}, command
    )


def _declared(label: object, network_map: NetworkMap) -> dict[OptionPath, str]:
    """The network options of the package definition that an app carries; empty where it cannot be read."""
    definition = _definition(label)
    config, marathon = definition.get("config"), definition.get("marathon")
    if not isinstance(config, dict):
        return {}
    texts = {parts.CONFIG: json.dumps(config)}
    if isinstance(marathon, dict) and isinstance(marathon.get("v2AppMustacheTemplate"), str):
        try:
            texts[parts.TEMPLATE] = b64decode(marathon["v2AppMustacheTemplate"], validate=True).decode()
        except ValueError:
            return {}
    if isinstance(definition.get("resource"), dict):
        texts[parts.RESOURCE] = json.dumps(definition["resource"])
    try:
        found = plan(Content(texts), network_map)
    except (CalicoMigrateError, RecursionError):
        return {}
    return {option.option.path: option.new for option in found.options}


def _definition(label: object) -> dict[str, Any]:
    """The package definition in a label: base64 of a JSON envelope around base64 of gzipped JSON."""
    if not isinstance(label, str):
        return {}
    try:
        envelope = json.loads(b64decode(label, validate=True))
        packed = b64decode(envelope["data"], validate=True)
        with gzip.GzipFile(fileobj=_stream(packed)) as file:
            data = file.read(_LARGEST + 1)
        definition = json.loads(data) if len(data) <= _LARGEST else {}
    except (ValueError, KeyError, TypeError, OSError, EOFError, zlib.error, RecursionError):
        return {}
    return definition if isinstance(definition, dict) else {}


def _stream(data: bytes) -> Any:
    import io

    return io.BytesIO(data)
