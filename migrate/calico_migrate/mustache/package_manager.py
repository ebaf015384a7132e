"""Renders a package's ``marathon.json.mustache`` as the DC/OS package manager (Cosmos) does.

Nothing is escaped for HTML; a text is written as the inside of a JSON string, so that the template's quotes
stay right, but with its own quotes inside a list, which is printed as Java prints lists; 0 and ``{}`` are
true; whole numbers are printed without a fraction. Sources: ``dcos/cosmos PackageDefinitionRenderer.scala``
and ``JsonSchema.scala`` (``extractDefaultsFromSchema``), ``spullara/mustache.java`` 0.9.6.

    template = tokens.parse(marathon_text)
    values = options(loads(config_text), user=loads(options_text), resource=loads(resource_text))
    rendering = render(template, values)          # rendering.text is JSON, or Cosmos refuses the package

Where a value comes from in the rendered text: ``rendering.origin(start, end).names``.
"""

from __future__ import annotations

import json
from decimal import Decimal
from functools import lru_cache
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any

from calico_migrate.mustache import engine
from calico_migrate.mustache.java_values import MISSING, Lambda, look_up

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from calico_migrate.mustache.rendering import Rendering
    from calico_migrate.mustache.template import Template

# circe turns a number into a whole one only up to this many digits (BiggerDecimal.MaxBigIntegerDigits).
_MAXIMUM_DIGITS = 1 << 18
_AS_THEY_ARE = frozenset({bool, int, type(None)})


def loads(text: str) -> Any:
    """``json.loads`` that keeps fractions and exponents as they are written (as Decimal), as Cosmos does."""
    return json.loads(text, parse_float=Decimal)


def defaults(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The defaults of a config.json: each property's ``default``, or else those of its ``properties``.

    A property with neither is left out, and so is one whose ``properties`` yield nothing (dcos/cosmos pull
    request 723, cosmos-common jsonschema/JsonSchema.scala ``filterDefaults``).
    """
    properties = schema.get("properties")
    found: dict[str, Any] = {}
    if not isinstance(properties, dict):
        return found
    for name, property_ in properties.items():
        if not isinstance(property_, dict):
            continue
        if "default" in property_:
            found[name] = property_["default"]
        elif "properties" in property_:
            inner = defaults(property_)
            if inner:
                found[name] = inner
    return found


def merge(target: Mapping[str, Any], fragment: Mapping[str, Any]) -> dict[str, Any]:
    """A deep merge of two JSON objects: the fragment wins, objects on both sides are merged."""
    merged = dict(target)
    for name, value in fragment.items():
        before = merged.get(name)
        merged[name] = merge(before, value) if isinstance(before, dict) and isinstance(value, dict) else value
    return merged


def options(
    config: Mapping[str, Any] | None,
    user: Mapping[str, Any] | None = None,
    resource: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """What a template is rendered with: the defaults, then the user's options, then resource.json.

    resource.json stands below ``resource`` and is merged into an option group of that name.
    """
    values = defaults(config) if config is not None else {}
    if user is not None:
        values = merge(values, user)
    if resource is not None:
        values = merge(values, {"resource": resource})
    return values


class Values:
    """JSON values, as `options` and `loads` give them, and as the engine takes them.

    Several templates, or one under several settings, are rendered with much the same values: these are made
    ready once, and `over` puts others over them.
    """

    __slots__ = ("_java", "_known", "_whole")

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._whole: Callable[[], Mapping[str, Any]] = lambda: values
        self._java: dict[str, Any] = _to_java(values, in_list=False)
        self._known: dict[str, Any] = engine.by_name(self._java)

    def over(
        self, overrides: Iterable[tuple[tuple[str, ...], Any]], whole: Callable[[], Mapping[str, Any]]
    ) -> Values:
        """These with other values at some paths; ``whole`` gives all of them as JSON values.

        A group on the way that is none yet is made.
        """
        java, known = dict(self._java), dict(self._known)
        # The groups of which these have their own copy: the object, and what its members' names begin with.
        own: dict[tuple[str, ...], tuple[dict[str, Any], str]] = {(): (java, "")}
        if any("." in key for key in java):
            return Values(whole())
        for path, value in overrides:
            group, last = own.get(path[:-1]), path[-1]
            if group is None:
                group = _group(path[:-1], own, known) if path[0] in java else None
            elif len(path) == 1 and last not in java:
                group = None
            if group is None or "." in last or type(value) is dict or type(group[0].get(last)) is dict:
                # A name that may mean several things, or a group that comes, goes or changes its place.
                return Values(whole())
            known[group[1] + last] = group[0][last] = (
                value if type(value) is bool else _to_java(value, in_list=False)
            )
        found = object.__new__(Values)
        found._whole, found._java, found._known = whole, java, known
        return found

    def render(self, template: Template) -> Rendering:
        """The text that Cosmos parses as JSON."""
        lambdas = {"asJson": Lambda(lambda name: _as_json(name.strip(), self._whole()))}
        return engine.render(template, self._java, lambdas=lambdas, known=self._known)


def _group(
    path: tuple[str, ...], own: dict[tuple[str, ...], tuple[dict[str, Any], str]], known: dict[str, Any]
) -> tuple[dict[str, Any], str] | None:
    """A group of which there is no copy yet, copied with all groups around it; None for an odd name."""
    around = own.get(path[:-1]) or _group(path[:-1], own, known)
    if around is None or "." in path[-1]:
        return None
    tree, prefix = around
    below = tree.get(path[-1])
    copied: dict[str, Any] = dict(below) if type(below) is dict else {}
    known[prefix + path[-1]] = tree[path[-1]] = copied
    own[path] = copied, f"{prefix}{path[-1]}."
    return own[path]


def render(template: Template, values: Mapping[str, Any]) -> Rendering:
    """The text that Cosmos parses as JSON; ``values`` are JSON values, as `options` and `loads` give them."""
    return Values(values).render(template)


def _as_json(name: str, values: Mapping[str, Any]) -> str | None:
    found = look_up(name, (values,))
    return None if found is MISSING else json.dumps(_plain(found), ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value


def _to_java(value: Any, *, in_list: bool) -> Any:
    kind = type(value)
    if kind is dict:
        return {
            key: encode_basestring(item)[1:-1]
            if type(item) is str
            else item
            if type(item) in _AS_THEY_ARE
            else _to_java(item, in_list=False)
            for key, item in value.items()
        }
    if kind is str:
        encoded: str = encode_basestring(value)
        return encoded if in_list else encoded[1:-1]
    if kind is list:
        return [_to_java(item, in_list=True) for item in value]
    return _number(value) if kind is Decimal or kind is float else value


@lru_cache(maxsize=4096)
def _number(value: Decimal | float) -> int | float:
    """A whole number where the value is one (1.0, 2E3), else a double."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    if exact.is_finite() and exact.adjusted() < _MAXIMUM_DIGITS and exact == exact.to_integral_value():
        return int(exact)
    return float(value)
