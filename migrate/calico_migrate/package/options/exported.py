"""Exported apps of installed packages: the options that they were installed with, read and never edited."""

from __future__ import annotations

import json
from base64 import b64decode
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.errors import CalicoMigrateError
from calico_core.spans import Lines, Position
from calico_migrate.marathon.definitions import walk
from calico_migrate.marathon.parsed.package_labels import (
    EDGELB_POOL,
    PackageLabels,
    dotted,
    is_network_option,
)
from calico_migrate.mustache import package_manager
from calico_migrate.package import names
from calico_migrate.package.options.option_files import leaves
from calico_migrate.package.options.overlays import PACKAGE_NAME, Overlay
from calico_migrate.package.rules import stored_network_option
from calico_migrate.package.universe import content as parts
from calico_migrate.package.universe import schema
from calico_migrate.package.universe.content import Content
from calico_migrate.package.universe.planning import plan, refusal
from calico_migrate.package.universe.tracing import as_app

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
        moving = _moving(package, network_map)
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
    named = {value for _, value in package.network_options()}
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


def _moving(package: PackageLabels, network_map: NetworkMap) -> dict[OptionPath, Any]:
    """The options of a service whose effective value is an old network, and their new values.

    What the user once passed wins over the package's defaults (dcos/cosmos PackageDefinitionRenderer.scala).
    Only what the schema of the service's own version takes is in it, and nothing where the app would stay the
    same.
    """
    if package.name == EDGELB_POOL:
        return {}
    content = _content(package.definition)
    moving = {} if content is None else _defaults(content, network_map)
    for path, value in leaves(package.options, ()):
        moving.pop(path, None)
        new = _moved(path, value, network_map.names)
        if new is not None and (content is None or not _refusal(content, path, new)):
            moving[path] = new
    if content is None:
        return {path: new for path, new in moving.items() if not _is_off(package.options, path)}
    return moving if _differs(content, package.options, moving) else {}


def _moved(path: OptionPath, value: Any, names_: Mapping[str, str]) -> Any:
    """The new value of a stored option that names an old network; None for any other."""
    if isinstance(value, str):
        return names_.get(value) if names.is_name_path(path) else None
    if isinstance(value, list):
        after = [
            {**entry, "name": names_[entry["name"]]}
            if isinstance(entry, dict)
            and isinstance(entry.get("name"), str)
            and entry["name"] in names_
            and is_network_option((*path, index, "name"))
            else entry
            for index, entry in enumerate(value)
        ]
        return after if after != value else None
    return None


def _content(definition: Mapping[str, Any]) -> Content | None:
    """The parts of the package that an app carries; None where they cannot be read."""
    config, marathon = definition.get("config"), definition.get("marathon")
    if not isinstance(config, dict):
        return None
    texts = {parts.CONFIG: json.dumps(config)}
    if isinstance(marathon, dict) and isinstance(marathon.get("v2AppMustacheTemplate"), str):
        try:
            texts[parts.TEMPLATE] = b64decode(marathon["v2AppMustacheTemplate"], validate=True).decode()
        except ValueError:
            return None
    if isinstance(definition.get("resource"), dict):
        texts[parts.RESOURCE] = json.dumps(definition["resource"])
    try:
        content = Content(texts)
    except RecursionError:
        return None
    return None if content.errors else content


def _defaults(content: Content, network_map: NetworkMap) -> dict[OptionPath, Any]:
    """The options of a package whose defaults name an old network, and the new names."""
    try:
        found = plan(content, network_map)
    except (CalicoMigrateError, RecursionError):
        return {}
    return {option.option.path: option.new for option in found.options if not option.refusal}


def _refusal(content: Content, path: OptionPath, new: Any) -> bool:
    """Whether the schema of the service's version does not take an option, or not with this value."""
    declared = schema.options(content.value(parts.CONFIG))
    option = declared.get(path)
    if option is not None:
        return isinstance(new, str) and bool(refusal(option, new))
    level = content.value(parts.CONFIG)
    for key in path:
        properties = level.get("properties") if isinstance(level, dict) else None
        below = properties.get(key) if isinstance(properties, dict) else None
        if below is None:
            return isinstance(level, dict) and level.get("additionalProperties") is False
        level = below
    return False


def _is_off(options: Mapping[str, Any], path: OptionPath) -> bool:
    """Whether a switch beside an option says that the service is on no network at all."""
    group = schema.get(options, path[:-1]) if len(path) > 1 else options
    return isinstance(group, dict) and any(
        value is False and "network" in key and "enabled" in key for key, value in group.items()
    )


def _differs(content: Content, options: Mapping[str, Any], moving: Mapping[OptionPath, Any]) -> bool:
    """Whether the app that a service renders to changes with its new options."""
    if content.template is None or not moving:
        return bool(moving)
    after = schema.copied(dict(options))
    for path, value in moving.items():
        schema.put(after, path, value)
    config, resource = content.value(parts.CONFIG), content.value(parts.RESOURCE)
    before_app, after_app = (
        as_app(content.template.render(package_manager.options(config, user, resource)))
        for user in (options, after)
    )
    return before_app is None or before_app != after_app
