"""The fields of package.json, and the version in the template, that a new release changes."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from calico_core.errors import InputError
from calico_core.json import scanning
from calico_core.json.locating import Locator
from calico_core.json.styling import new_member
from calico_core.spans import Edit
from calico_migrate.package.rules import release_field

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LEAST_DCOS = "2.1"
"""The first DC/OS release that ships Calico."""

_LEAST_PACKAGING = "4.0"
VERSION = re.compile(r"[-a-zA-Z0-9.]+", re.ASCII)
"""What the package schema takes as a version from packaging version 3.0 on."""

_PACKAGE_VERSION = re.compile(r'"PACKAGE_VERSION"\s*:\s*"((?:[^"\\]|\\.)*)"')
_BUILD_TAG = re.compile(r"\{\{|%\(")


def has_build_tags(text: str) -> bool:
    """Whether a text has tags that the framework's build fills in."""
    return _BUILD_TAG.search(text) is not None


def raised(least: Any) -> str:
    """``minDcosReleaseVersion`` as it must be for Calico: at least 2.1, and never lower than it was."""
    if isinstance(least, str) and _numbers(least) >= _numbers(LEAST_DCOS):
        return least
    return LEAST_DCOS


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


def changes(package: Mapping[str, Any], version: str) -> dict[str, Any]:
    """What package.json says differently in the new release, in the order of the fields."""
    found: dict[str, Any] = {}
    packaging = package.get("packagingVersion")
    if not isinstance(packaging, str) or _numbers(packaging) < _numbers(_LEAST_PACKAGING):
        found["packagingVersion"] = _LEAST_PACKAGING
    old = package.get("version")
    found["version"] = version
    found["upgradesFrom"] = [old]
    found["downgradesTo"] = [old]
    least = raised(package.get("minDcosReleaseVersion"))
    found["minDcosReleaseVersion"] = least
    return {key: value for key, value in found.items() if package.get(key) != value}


def package_edits(text: str, package: Mapping[str, Any], wanted: Mapping[str, Any]) -> list[Edit]:
    """The edits that give package.json the wanted fields, in the style of the text.

    Raises InputError where one of the fields stands twice.
    """
    locator = Locator(text, scanning.begin(text))
    keys = [member.key for member in locator.members(())]
    edits = []
    anchor = "version"
    for key, value in wanted.items():
        if keys.count(key) > 1:
            raise InputError(f"has the key {key!r} twice; remove the one that does not count")
        if key in keys:
            span = locator.span((key,))
            replacement = _styled(text, locator, key, value)
            edits.append(
                Edit(span.start, span.end, replacement, release_field.RULE.id, f"/{key}", package[key], value)
            )
        else:
            place = new_member(locator, (), key, json.dumps(value), after=anchor)
            edits.append(
                Edit(
                    place.offset,
                    place.offset,
                    place.text,
                    release_field.RULE.id,
                    f"/{key}",
                    None,
                    value,
                    "add",
                )
            )
    return edits


def _styled(text: str, locator: Locator, key: str, value: Any) -> str:
    """A value as JSON, a list laid out like the one that it replaces."""
    if not isinstance(value, list) or text[locator.start((key,))] != "[":
        return json.dumps(value)
    elements = locator.elements((key,))
    if not elements:
        return json.dumps(value)
    span = locator.span((key,))
    lead, tail = text[span.start : elements[0].start], text[elements[-1].end : span.end]
    separator = text[elements[0].end : elements[1].start] if len(elements) > 1 else ", "
    return lead + separator.join(json.dumps(item) for item in value) + tail


def template_versions(text: str) -> Iterator[tuple[int, str]]:
    """The values of ``PACKAGE_VERSION`` in a template: the offset of each text and the text."""
    for match in _PACKAGE_VERSION.finditer(text):
        yield match.start(1), match.group(1)


def template_edits(text: str, old: str, new: str) -> list[Edit]:
    """The edits that give ``PACKAGE_VERSION`` the new version wherever it has the old one."""
    return [
        Edit(
            offset,
            offset + len(found),
            json.dumps(new)[1:-1],
            release_field.RULE.id,
            "/env/PACKAGE_VERSION",
            old,
            new,
        )
        for offset, found in template_versions(text)
        if found == json.dumps(old)[1:-1]
    ]
