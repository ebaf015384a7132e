"""An installed package: which of its options name a network, and the app that it renders to.

What the user once passed wins over the package's defaults (dcos/cosmos PackageDefinitionRenderer.scala).
"""

from __future__ import annotations

import json
from base64 import b64decode
from functools import cached_property
from typing import TYPE_CHECKING, Any

from calico_core.errors import CalicoMigrateError
from calico_migrate.marathon.parsed.package_labels import EDGELB_POOL, is_network_option
from calico_migrate.mustache import package_manager
from calico_migrate.package import names
from calico_migrate.package.options.option_files import leaves
from calico_migrate.package.universe import parts, schema
from calico_migrate.package.universe.content import Content
from calico_migrate.package.universe.planning import plan, refusal
from calico_migrate.package.universe.tracing import as_app

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_migrate.network_map import NetworkMap
    from calico_migrate.package.universe.schema import OptionPath


class Installed:
    """A package as it is installed: its name, its definition, and the options that it was given."""

    def __init__(self, name: str, definition: Mapping[str, Any], options: Mapping[str, Any]) -> None:
        self.name = name
        self.options = options
        self._definition = definition

    @cached_property
    def content(self) -> Content | None:
        """The parts of the package; None where they cannot be read."""
        return _content(self._definition)

    def moving(self, network_map: NetworkMap) -> dict[OptionPath, Any]:
        """The options whose effective value is an old network, and their new values.

        Only what the schema of the service's own version takes is in it, and nothing where the app would
        stay the same.
        """
        if self.name == EDGELB_POOL:
            return {}
        content = self.content
        moving = {} if content is None else _defaults(content, network_map)
        for path, value in leaves(self.options, ()):
            moving.pop(path, None)
            new = _moved(path, value, network_map.names)
            if new is not None and (content is None or not _refusal(content, path, new)):
                moving[path] = new
        if content is None:
            return {path: new for path, new in moving.items() if not _is_off(self.options, path)}
        if content.template is None or not moving:
            return moving
        before = self.app(self.options)
        return moving if before is None or before != self.app(with_values(self.options, moving)) else {}

    def app(self, options: Mapping[str, Any]) -> dict[str, Any] | None:
        """The app that Cosmos makes of these options; None where there is no template, or no JSON of it."""
        content = self.content
        if content is None or content.template is None:
            return None
        config, resource = content.value(parts.CONFIG), content.value(parts.RESOURCE)
        return as_app(content.template.render(package_manager.options(config, options, resource)))


def with_values(options: Mapping[str, Any], values: Mapping[OptionPath, Any]) -> dict[str, Any]:
    """A copy of options with other values at some paths."""
    after: dict[str, Any] = schema.copied(dict(options))
    for path, value in values.items():
        schema.put(after, path, value)
    return after


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
