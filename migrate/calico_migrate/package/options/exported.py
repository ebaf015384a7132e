"""Exported apps of installed packages: the options that they were installed with, read and never edited."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.spans import Lines, Position
from calico_migrate.marathon.definitions import walk
from calico_migrate.marathon.parsed.package_labels import (
    EDGELB_POOL,
    PackageLabels,
    dotted,
)
from calico_migrate.package import names
from calico_migrate.package.options.installed import Installed
from calico_migrate.package.options.option_files import leaves
from calico_migrate.package.options.overlays import PACKAGE_NAME, Overlay
from calico_migrate.package.rules import stored_network_option
from calico_migrate.package.universe import schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_core.findings import Finding
    from calico_core.json.pointers import Path
    from calico_migrate.marathon.definitions import Definition
    from calico_migrate.network_map import NetworkMap
    from calico_migrate.package.universe.schema import OptionPath

_LABEL = ("labels", "DCOS_PACKAGE_OPTIONS")


class Service(NamedTuple):
    """A service that is to move: its overlay, and where its app stands in the document."""

    overlay: Overlay
    place: Position
    pointer: str
    id: str | None


class Export(NamedTuple):
    """What a document of exported apps tells."""

    kind: str
    findings: list[Finding]
    services: list[Service]


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
    services: list[Service] = []
    lines = Lines(text)
    for definition, package in apps:
        place = lines.position(definition.offset(_LABEL))
        pointer, name = definition.pointer(_LABEL), definition.identity.resolved()
        moving = _installed(package).moving(network_map)
        if moving and PACKAGE_NAME.fullmatch(package.name) is not None:
            overlay = Overlay(
                package.name, None, package.service, moving, package.update_command, running=True
            )
            services.append(Service(overlay, place, pointer, name))
        options = _shown(package)
        if options:
            shown = ", ".join(f"{dotted(path)} is {json.dumps(value)}" for path, value in options)
            installed = f"{package.service} was installed from {package.name}"
            hint = _hint(package, moving, network_map)
            told = stored_network_option.finding(installed, shown, place, pointer, hint=hint)
            found.append(told._replace(id=name))
    return Export(kind or "app", found, services) if apps else None


def _shown(package: PackageLabels) -> list[tuple[Path, Any]]:
    """The stored options that speak of a network."""
    return [
        (path, value)
        for path, value in leaves(package.options, ())
        if names.is_name_path(path) or (path and names.is_network_like(str(path[-1])))
    ]


def _hint(package: PackageLabels, moving: Mapping[OptionPath, Any], network_map: NetworkMap) -> str:
    """What becomes of a service with stored options that speak of a network."""
    named = {value for _, value in package.network_options}
    if package.name == EDGELB_POOL and not named.isdisjoint(network_map.names):
        return package.how_to_update()
    if moving:
        stored = any(schema.get(package.options, path) is not None for path in moving)
        return "it stays on that network until its options are updated" if stored else ""
    if not named:
        return ""
    if not named.isdisjoint(network_map.names):
        return "nothing of it moves with these options"
    return (
        f"it stays on {', '.join(sorted(named))}, which is not in the map"
        if (named.isdisjoint(network_map.new_names))
        else ""
    )


def _installed(package: PackageLabels) -> Installed:
    return Installed(package.name, package.definition, package.options)
