"""The proof that a package's edits change nothing but the names at the places that were found.

The package is rendered before and after its edits, under every setting that matters, by two renderers that
have no code in common, each compared with itself. What each must render follows from one more rendering in
which the edited names are marks: the old names put back for the marks must give the text before, the new
names the text after.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from calico_core.errors import InputError, VerificationError
from calico_migrate.mustache import package_manager
from calico_migrate.package.universe import json_files, parts, places, schema, settings
from calico_migrate.package.universe.places import PlaceKind
from calico_migrate.package.universe.second_renderer import renderings
from calico_migrate.package.universe.settings import DEFAULTS
from calico_migrate.package.universe.templates import PackageTemplate
from calico_migrate.package.universe.tracing import with_resource

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from calico_migrate.mustache.rendering import Rendering
    from calico_migrate.package.universe.content import Content
    from calico_migrate.package.universe.plan import PackagePlan
    from calico_migrate.package.universe.schema import Declared
    from calico_migrate.package.universe.settings import Setting
    from calico_migrate.package.universe.templates import Section
    from calico_migrate.package.universe.tracing import Trace

    Render = Callable[[dict[str, Any]], str]


def prove(plan: PackagePlan, after: Mapping[str, str]) -> list[str]:
    """Proves a plan's edits; ``after`` has the new texts of the parts.

    Answers the settings that were compared, as messages name them. Raises VerificationError where a
    rendering differs in anything else, or where a renderer cannot render the package.
    """
    if plan.trace is None:
        return []
    chosen = proof_settings(plan)
    try:
        before = side_of(plan.content, {})
        after_side = side_of(plan.content, after)
    except InputError as error:
        raise VerificationError(f"the edited package cannot be read again: {error}") from error
    known = {place.pointer for found in plan.trace.arrivals.values() for place in found}
    seen = {rendered.setting.values for rendered in plan.trace.renderings}
    for setting in chosen:
        _compare(plan, plan.trace, setting, before, after_side)
        if setting.values not in seen:
            _refuse_new_places(plan, plan.trace, setting, known)
    return [setting.title for setting in chosen]


def proof_settings(plan: PackagePlan) -> list[Setting]:
    """The settings under which a package is rendered for its proof, each set of values once.

    Its defaults, all flags on, all off, each section around an edited place on its own, and each nesting
    of such sections as a whole.
    """
    nestings = tuple(plan.nestings())
    if nestings not in plan.proof_settings:
        plan.proof_settings[nestings] = _settings_for(nestings, plan.declared)
    return plan.proof_settings[nestings]


def _settings_for(nestings: Sequence[tuple[Section, ...]], declared: Declared) -> list[Setting]:
    chosen = [
        DEFAULTS,
        settings.all_flags(declared, on=True),
        settings.all_flags(declared, on=False),
    ]
    chosen += [settings.only(section, declared) for nesting in nestings for section in nesting]
    chosen += [settings.showing(nesting, DEFAULTS, declared) for nesting in nestings if len(nesting) > 1]
    unique: dict[str, Setting] = {}
    for setting in chosen:
        values = dict(setting.overrides)
        unique.setdefault(repr(sorted(values.items())), setting)
    return list(unique.values())


class Side:
    """A package as it is before or after its edits, its template and config.json read anew."""

    def __init__(self, template: str, config: str | None, resource: Any) -> None:
        self.text = template
        self._template = PackageTemplate(template)
        schema_of = json_files.loads(config) if config is not None else {}
        self._defaults = package_manager.defaults(schema_of) if isinstance(schema_of, dict) else {}
        self._resource = resource
        self._values = package_manager.Values(with_resource(self._defaults, resource))
        self._renderings: dict[str, Rendering] = {}

    def options(self, setting: Setting) -> dict[str, Any]:
        """The options under a setting, merged as a user's options are."""
        user: dict[str, Any] = {}
        for path, value in setting.overrides:
            schema.put(user, path, value)
        return with_resource(package_manager.merge(self._defaults, user), self._resource)

    def _values_under(self, setting: Setting) -> package_manager.Values:
        if setting.meets_resource or setting.is_nested:
            return package_manager.Values(self.options(setting))
        return self._values.over(setting.overrides, lambda: self.options(setting))

    def rendering(self, setting: Setting) -> Rendering:
        """What the package manager makes of it under a setting; the same values are rendered once."""
        values = setting.values
        if values not in self._renderings:
            self._renderings[values] = self._template.rendering(self._values_under(setting))
        return self._renderings[values]


def side_of(content: Content, edited: Mapping[str, str]) -> Side:
    """A package with the edited texts of its parts; raises InputError where one of them cannot be read."""
    texts = {**content.texts, **edited}
    return _side(content, texts[parts.TEMPLATE], texts.get(parts.CONFIG))


# The plan is verified, its apps are judged and its edits are proved on the same two sides of one package.
@lru_cache(maxsize=2)
def _side(content: Content, template: str, config: str | None) -> Side:
    return Side(template, config, content.value(parts.RESOURCE))


def _compare(plan: PackagePlan, trace: Trace, setting: Setting, before: Side, after: Side) -> None:
    marker = trace.marker
    second = renderings(
        (
            (trace.template.text, trace.context.under(setting)),
            (before.text, before.options(setting)),
            (after.text, after.options(setting)),
        )
    )
    for renderer, marked, old, new in (
        (
            "the package manager's renderer",
            trace.render(setting).text,
            before.rendering(setting).text,
            after.rendering(setting).text,
        ),
        ("chevron", *second),
    ):
        if marker.put_back(marked) != old:
            raise VerificationError(
                f"the proof failed: {setting.title}, {renderer} does not render the package as it was read"
            )
        if marker.put_back(marked, plan.becomes) != new:
            raise VerificationError(
                f"the proof failed: {setting.title}, {renderer} renders another difference"
                " than the old name becoming the new one at the places found"
            )


def _refuse_new_places(plan: PackagePlan, trace: Trace, setting: Setting, known: set[str]) -> None:
    app = trace.render(setting).app
    if app is None:
        return
    edited = plan.becomes
    for place in places.places(app, trace.marker.pattern):
        if place.mark in edited and place.kind is PlaceKind.OTHER and place.pointer not in known:
            raise VerificationError(
                f"the proof failed: {setting.title}, the name would also change at {place.pointer}"
            )
