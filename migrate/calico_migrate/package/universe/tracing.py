"""Following the names of networks through the renderings of a package."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_migrate.mustache import package_manager
from calico_migrate.package.universe import places, schema, settings
from calico_migrate.package.universe.places import Place, PlaceKind
from calico_migrate.package.universe.settings import DEFAULTS, Setting

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from calico_migrate.mustache.rendering import Rendering
    from calico_migrate.package.universe.marks import Marker
    from calico_migrate.package.universe.schema import Declared, OptionPath
    from calico_migrate.package.universe.templates import PackageTemplate, Section


class Rendered(NamedTuple):
    """One rendering with marks: the setting, the text, and the app, None where the text is no JSON object.

    ``rendering`` tells where each part of the text came from, and the names of the value tags that nothing
    answered to.
    """

    setting: Setting
    rendering: Rendering
    app: dict[str, Any] | None

    @property
    def text(self) -> str:
        """The rendered text."""
        return self.rendering.text

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the value tags that nothing answered to."""
        return self.rendering.missing


class Context:
    """What a package is rendered with: its declared options with marks in them, and its resource.json."""

    def __init__(
        self,
        config: Any,
        resource: Any,
        declared: Declared,
        marks: Mapping[OptionPath, str],
    ) -> None:
        self.declared = declared
        self._defaults: dict[str, Any] = schema.copied(
            package_manager.defaults(config) if isinstance(config, dict) else {}
        )
        for path, mark in marks.items():
            schema.put(self._defaults, path, mark)
        self._resource = resource if isinstance(resource, dict) else None
        self._values = package_manager.Values(with_resource(self._defaults, self._resource))

    def under(self, setting: Setting) -> dict[str, Any]:
        """The options under a setting; resource.json wins over an option group of that name."""
        return with_resource(setting.over(self._defaults), self._resource)

    def values(self, setting: Setting) -> package_manager.Values:
        """The same, to be rendered with."""
        if setting.meets_resource:
            return package_manager.Values(self.under(setting))
        return self._values.over(setting.overrides, lambda: self.under(setting))


class Trace:
    """The renderings of a marked template, and the places in which each mark arrives.

    ``arrivals`` holds the places by mark, each pointer once; ``by_default`` those at the defaults.
    """

    def __init__(self, template: PackageTemplate, context: Context, marker: Marker) -> None:
        self.template = template
        self.context = context
        self.marker = marker
        self.renderings: list[Rendered] = []
        self._by_values: dict[str, Rendered] = {}
        self.arrivals: dict[str, list[Place]] = {}
        self.by_default: dict[str, list[Place]] = {}

    def render(self, setting: Setting) -> Rendered:
        """Renders under a setting and takes note of where marks arrive; a setting is rendered once."""
        values = setting.values
        if values in self._by_values:
            return self._by_values[values]
        rendering = self.template.rendering(self.context.values(setting))
        text = rendering.text
        rendered = Rendered(setting, rendering, as_app(text))
        self.renderings.append(rendered)
        self._by_values[values] = rendered
        if rendered.app is not None and not text.isascii():
            for place in places.places(rendered.app, self.marker.pattern):
                known = self.arrivals.setdefault(place.mark, [])
                if place not in known:
                    known.append(place)
                if setting is DEFAULTS:
                    self.by_default.setdefault(place.mark, []).append(place)
        return rendered

    @property
    def parsed(self) -> list[Rendered]:
        """The renderings that are JSON objects."""
        return [rendered for rendered in self.renderings if rendered.app is not None]

    def show(self, sections: Iterable[tuple[Section, ...]]) -> None:
        """Renders so that what stands inside each of the given nestings is seen, as far as that is JSON."""
        declared = self.context.declared
        bases = (DEFAULTS, settings.all_flags(declared, on=True), settings.all_flags(declared, on=False))
        for nesting in dict.fromkeys(sections):
            for base in bases:
                if self.render(settings.showing(nesting, base, declared)).app is not None:
                    break


def with_resource(options: dict[str, Any], resource: Any) -> dict[str, Any]:
    """The options with resource.json put over them as the group ``resource``, as the package manager does."""
    return package_manager.merge(options, {"resource": resource}) if isinstance(resource, dict) else options


def as_app(text: str) -> dict[str, Any] | None:
    """A rendered text as the JSON object that it is; None where it is none."""
    try:
        app = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return app if isinstance(app, dict) else None


def network_places(found: Collection[Place], variables: Collection[str] | None) -> list[Place]:
    """The places that are names of networks.

    ``variables`` are the environment variables that the service specifications at hand use as network
    names; None where none is at hand, so that a variable's own name decides.
    """
    from calico_migrate.package.names import is_name_variable

    return [
        place
        for place in found
        if place.whole
        and (
            place.kind is PlaceKind.NETWORK
            or (
                place.kind is PlaceKind.VARIABLE
                and place.variable is not None
                and (is_name_variable(place.variable) if variables is None else place.variable in variables)
            )
        )
    ]
