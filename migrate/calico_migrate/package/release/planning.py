"""The next release of a package: what is in it, and why there is none."""

from __future__ import annotations

import json
import os
from base64 import b64encode
from typing import TYPE_CHECKING, NamedTuple

from calico_core.errors import CalicoMigrateError, InputError, VerificationError
from calico_core.legible import encoded
from calico_core.spans import apply
from calico_migrate.package.options.overlays import PACKAGE_NAME
from calico_migrate.package.release.fields import (
    VERSION,
    changes,
    has_build_tags,
    package_edits,
    template_edits,
    template_versions,
)
from calico_migrate.package.rules import (
    no_release_needed,
    package_version_differs,
    package_withdrawn,
    release_impossible,
    release_planned,
    release_with_command,
)
from calico_migrate.package.universe import json_files, parts, reports
from calico_migrate.package.universe.content import Content

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from calico_core.findings import Finding
    from calico_core.spans import Edit
    from calico_migrate.network_map import NetworkMap
    from calico_migrate.package.universe.reports import PackageResult


class ReleaseSettings(NamedTuple):
    """The map, what the new version has behind the old one, and the release to build from (None: newest)."""

    network_map: NetworkMap
    suffix: str = "-calico.1"
    from_release: int | None = None


class Release(NamedTuple):
    """One new release: its number and version, its edits by part, and the new texts of the edited parts.

    Every other file of the old release belongs to it as it is.
    """

    package: str
    number: int
    version: str
    edits: Mapping[str, list[Edit]]
    texts: Mapping[str, str]

    def entry(self, content: Content) -> str:
        """The release as an entry of a repository file: JSON text, its parts in their own bytes."""
        package = self.texts[parts.PACKAGE].lstrip("\ufeff").strip()
        body = package[:-1].rstrip()
        members = [f'"releaseVersion": {self.number}']
        for part, key in ((parts.CONFIG, "config"), (parts.RESOURCE, "resource")):
            text = self.texts.get(part, content.texts.get(part))
            if text is not None:
                members.append(f'"{key}": {text.lstrip(chr(0xFEFF)).strip()}')
        template = self.texts.get(parts.TEMPLATE, content.texts.get(parts.TEMPLATE))
        if template is not None:
            raw = b64encode(encoded(template)).decode("ascii")
            members.append(f'"marathon": {{"v2AppMustacheTemplate": "{raw}"}}')
        return f"{body},\n" + ",\n".join(members) + "\n}"


class ReleaseResult(NamedTuple):
    """What came of one package: its release, None where there is none, and all findings by part.

    ``result`` is the package's own plan and proof.
    """

    release: Release | None
    findings: dict[str, list[Finding]]
    result: PackageResult


def build(
    content: Content,
    number: int,
    settings: ReleaseSettings,
    *,
    taken: Collection[int],
    versions: Collection[str],
) -> ReleaseResult:
    """Plans and proves the next release of a package.

    ``taken`` are the numbers that the package has, ``versions`` its versions.
    """
    result = reports.examine(content, settings.network_map, None, proof=True)
    findings = {part: list(found) for part, found in result.findings.items()}
    if result.errors:
        return ReleaseResult(None, findings, result)
    finding = _obstacle(content, result, number, settings, versions)
    if finding is not None:
        part = parts.PACKAGE if parts.PACKAGE in content.texts else next(iter(content.texts))
        told = findings.get(part, [])
        findings[part] = [*(other for other in told if other.rule != finding.rule), finding]
        return ReleaseResult(None, findings, result)
    try:
        release = _release(content, result, number, settings, taken)
    except CalicoMigrateError as error:
        if isinstance(error, InputError):
            findings.setdefault(parts.PACKAGE, []).append(
                release_impossible.of_package_json(f"{content.name} {number}", error.message)
            )
        else:
            result.errors[parts.PACKAGE] = error
        return ReleaseResult(None, findings, result)
    findings.setdefault(parts.PACKAGE, []).append(
        release_planned.finding(
            f"{content.name} {number} ({content.version})", release.number, release.version
        )
    )
    findings.setdefault(parts.TEMPLATE, []).extend(_other_versions(content))
    return ReleaseResult(release, findings, result)


def _obstacle(
    content: Content,
    result: PackageResult,
    number: int,
    settings: ReleaseSettings,
    versions: Collection[str],
) -> Finding | None:
    """Why a package gets no release; None where nothing stands in the way."""
    shown = f"{content.name} {number}" if content.name else f"release {number}"
    if package_withdrawn.is_withdrawn(content.package):
        return package_withdrawn.no_release(shown)
    if not result.changed:
        return no_release_needed.finding(shown)
    if parts.COMMAND in content.texts or parts.COMMAND in content.errors:
        return release_with_command.finding(shown)
    version = content.version + settings.suffix
    why = ""
    if parts.PACKAGE not in content.texts:
        why = "there is no package.json in its directory"
    elif PACKAGE_NAME.fullmatch(content.name) is None:
        why = f"its name {content.name!r} is none that the package schema takes"
    elif not content.version:
        why = "its package.json has no version"
    elif VERSION.fullmatch(version) is None:
        why = f"the version {version!r} has other characters than letters, digits, '.' and '-'"
    elif version in versions:
        why = f"another release has the version {version!r} already"
    if why:
        return release_impossible.finding(shown, why)
    return None


def _release(
    content: Content,
    result: PackageResult,
    number: int,
    settings: ReleaseSettings,
    taken: Collection[int],
) -> Release:
    version = content.version + settings.suffix
    new_number = number + 1
    while new_number in taken:
        new_number += 1
    wanted = changes(content.package, version)
    edits = {part: list(found) for part, found in result.edits.items()}
    edits[parts.PACKAGE] = package_edits(content.texts[parts.PACKAGE], content.package, wanted)
    versions = template_edits(content.texts.get(parts.TEMPLATE, ""), content.version, version)
    if versions:
        edits[parts.TEMPLATE] = [*edits.get(parts.TEMPLATE, ()), *versions]
    texts = {part: apply(content.texts[part], found) for part, found in edits.items()}
    _verify(content, texts, wanted, version)
    return Release(content.name, new_number, version, edits, texts)


def _verify(content: Content, texts: Mapping[str, str], wanted: Mapping[str, object], version: str) -> None:
    """Reads the new package.json and template again; raises VerificationError for any other difference."""
    package = json_files.loads(texts[parts.PACKAGE])
    if package != {**content.package, **wanted}:
        raise VerificationError("the new package.json does not hold exactly what it should")
    template = content.texts.get(parts.TEMPLATE)
    if template is None or parts.TEMPLATE not in texts:
        return
    new = texts[parts.TEMPLATE]
    found = [text for _, text in template_versions(new)]
    old = [text for _, text in template_versions(template)]
    expected = [version if text == content.version else text for text in old]
    if found != expected or len(Content({parts.TEMPLATE: new}).errors):
        raise VerificationError("the new template does not hold exactly what it should")


def _other_versions(content: Content) -> list[Finding]:
    """A finding for each PACKAGE_VERSION that is not the package's version and no build tag."""
    from calico_core.spans import Lines

    text = content.texts.get(parts.TEMPLATE, "")
    lines = Lines(text)
    return [
        package_version_differs.finding(found, content.version, lines.position(offset))
        for offset, found in template_versions(text)
        if found != content.version and not has_build_tags(found)
    ]


def repository_text(entries: Collection[str]) -> str:
    """A repository file with the given entries."""
    text = '{"packages": [\n' + ",\n".join(entries) + "\n]}\n"
    json.loads(text)
    return text


def numbers_in(directory: str) -> set[int]:
    """The release numbers that a package's directory has on the disk."""
    try:
        names = os.listdir(directory or ".")
    except OSError:
        return set()
    return {int(name) for name in names if name.isascii() and name.isdigit()}


def versions_in(directory: str) -> set[str]:
    """The versions of all releases of a package's directory, as far as they can be read."""
    found: set[str] = set()
    for number in numbers_in(directory):
        path = os.path.join(directory, str(number), parts.PACKAGE)
        try:
            with open(path, encoding="utf-8") as file:
                package = json_files.loads(file.read())
        except (OSError, ValueError, InputError):
            continue
        if isinstance(package, dict) and isinstance(package.get("version"), str):
            found.add(package["version"])
    return found
