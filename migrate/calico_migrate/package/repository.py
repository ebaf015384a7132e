"""Universe repository files and stub universes: ``{"packages": […]}`` with templates in base64.

Each entry holds what a package directory holds as files: the fields of package.json, ``config`` and
``resource`` as they are, and ``marathon.v2AppMustacheTemplate`` as the base64 of the template's bytes
(mesosphere/universe ``scripts/gen_universe.py``).
"""

from __future__ import annotations

import binascii
import json
import re
from base64 import b64decode, b64encode
from bisect import bisect_right
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.errors import CalicoMigrateError, InputError
from calico_core.json import scanning
from calico_core.json.locating import Locator
from calico_core.legible import encoded
from calico_core.spans import Edit, Lines, apply
from calico_migrate.package.rules import network_literal
from calico_migrate.package.universe import parts
from calico_migrate.package.universe.content import Content
from calico_migrate.package.universe.reports import PackageResult, examine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from calico_core.findings import Finding
    from calico_migrate.network_map import NetworkMap

_REPOSITORY = re.compile(r'"packages"\s*:\s*\[')
_TEMPLATE_POINTER = "marathon/v2AppMustacheTemplate"
_MARATHON = ("marathon", "v2AppMustacheTemplate")
_LINE = re.compile(r"[^\r\n]+")


class Entry(NamedTuple):
    """One package of a repository file: its place in the list, its offset, its content, its parts' offsets.

    ``starts`` has the offsets of ``config`` and of the template's string; ``encoded`` is that string.
    """

    place: int
    start: int
    content: Content
    starts: dict[str, int]
    encoded: str

    @property
    def number(self) -> int | None:
        """The release number."""
        number = self.content.package.get("releaseVersion")
        return number if isinstance(number, int) else None

    @property
    def released(self) -> Content:
        """The content as a package directory has it: its package.json says no release number."""
        package = {key: item for key, item in self.content.package.items() if key != "releaseVersion"}
        texts = {**self.content.texts, parts.PACKAGE: json.dumps(package, indent=2)}
        return Content(texts, self.content.errors)

    @property
    def shown(self) -> str:
        """The package's name and release, for messages."""
        return f"{self.content.name} {self.number}" if self.number is not None else self.content.name


class RepositoryPlan(NamedTuple):
    """The edits and findings for a whole repository file, and each entry's own result."""

    edits: list[Edit]
    findings: list[Finding]
    failures: list[CalicoMigrateError]
    results: list[tuple[Entry, PackageResult]]

    def package_at(self, offset: int) -> str | None:
        """The name of the package in whose entry an offset stands."""
        before = bisect_right(self.results, offset, key=lambda result: result[0].start)
        return self.results[before - 1][0].content.name or None if before else None


def is_repository(text: str) -> bool:
    """Whether a JSON text is a repository file; raises InputError where it looks like one and is no JSON."""
    if _REPOSITORY.search(text) is None:
        return False
    start = scanning.begin(text)
    if text[start : start + 1] != "{":
        return False
    scanning.loads(text)
    locator = Locator(text, start)
    try:
        elements = locator.elements(("packages",))
        first = scanning.scan(text, elements[0].start)[0] if elements else None
    except (KeyError, IndexError, InputError):
        return False
    return not elements or (isinstance(first, dict) and "packagingVersion" in first)


def entries(text: str) -> Iterator[Entry]:
    """The packages of a repository file."""
    top = Locator(text, scanning.begin(text))
    for index, span in enumerate(top.elements(("packages",))):
        value = scanning.scan(text, span.start)[0]
        if isinstance(value, dict):
            yield _entry(text, index, span.start, value)


def _entry(text: str, index: int, start: int, value: dict[str, Any]) -> Entry:
    locator = Locator(text, start)
    texts: dict[str, str] = {}
    starts: dict[str, int] = {}
    errors: dict[str, InputError] = {}
    encoded = ""
    for part, key in ((parts.CONFIG, "config"), (parts.RESOURCE, "resource")):
        if isinstance(value.get(key), dict):
            span = locator.span((key,))
            texts[part], starts[part] = text[span.start : span.end], span.start
    marathon = value.get("marathon")
    if isinstance(marathon, dict) and isinstance(marathon.get(_MARATHON[1]), str):
        encoded = marathon[_MARATHON[1]]
        starts[parts.TEMPLATE] = locator.start(_MARATHON)
        try:
            texts[parts.TEMPLATE] = b64decode("".join(encoded.split()), validate=True).decode("utf-8")
        except (binascii.Error, ValueError) as error:
            errors[parts.TEMPLATE] = InputError(f"its template is no base64 of UTF-8 text: {error}")
    own = {
        key: item for key, item in value.items() if key not in ("config", "resource", "marathon", "command")
    }
    texts[parts.PACKAGE] = json.dumps(own)
    return Entry(index, start, Content(texts, errors), starts, encoded)


def plan(text: str, network_map: NetworkMap, *, proof: bool) -> RepositoryPlan:
    """The edits for a repository file; a package that fails keeps its text and has its failure told."""
    lines = Lines(text)
    found = RepositoryPlan([], [], [], [])
    for entry in entries(text):
        result = examine(entry.content, network_map, None, proof=proof)
        found.results.append((entry, result))
        for part, error in result.errors.items():
            place = lines.position(entry.starts.get(part, entry.start))
            found.failures.append(
                type(error)(f"{entry.shown}: {part}: {error.message}", line=place.line, column=place.column)
            )
        found.edits.extend(_edits(text, entry, result))
        for part, findings in result.findings.items():
            found.findings.extend(_moved(lines, entry, part, finding) for finding in findings)
    return found


def newest(found: Iterable[Entry]) -> list[Entry]:
    """The highest release of each package among the entries, in the order of the file."""
    highest: dict[str, Entry] = {}
    for entry in found:
        known = highest.get(entry.content.name)
        if known is None or (known.number or 0) <= (entry.number or 0):
            highest[entry.content.name] = entry
    return sorted(highest.values(), key=lambda entry: entry.place)


def placed(text: str, found: Iterable[tuple[Entry, Finding]]) -> list[Finding]:
    """Findings about the options of entries, at the places of those in the repository file."""
    lines = Lines(text)
    return [_moved(lines, entry, parts.CONFIG, finding) for entry, finding in found]


def _edits(text: str, entry: Entry, result: PackageResult) -> Iterator[Edit]:
    prefix = f"/packages/{entry.place}"
    for edit in result.edits.get(parts.CONFIG, ()):
        shift = entry.starts[parts.CONFIG]
        yield edit._replace(
            start=edit.start + shift, end=edit.end + shift, pointer=f"{prefix}/config{edit.pointer}"
        )
    template = result.edits.get(parts.TEMPLATE)
    if template:
        start = entry.starts[parts.TEMPLATE]
        end = scanning.scan(text, start)[1]
        after = apply(entry.content.texts[parts.TEMPLATE], template)
        encoded = _encode(after, entry.encoded)
        raw = json.dumps(encoded)
        if "\\/" in text[start:end]:
            raw = raw.replace("/", "\\/")
        yield Edit(
            start, end, raw, network_literal.RULE.id, f"{prefix}/{_TEMPLATE_POINTER}", entry.encoded, encoded
        )


def _encode(text: str, model: str) -> str:
    """The base64 of a text, in lines like those of ``model``."""
    raw = b64encode(encoded(text)).decode("ascii")
    first = _LINE.search(model)
    if first is None or len(first.group()) == len(model):
        return raw
    width = len(first.group())
    ending = "\r\n" if "\r\n" in model else "\n"
    folded = ending.join(raw[place : place + width] for place in range(0, len(raw), width))
    return folded + (ending if model.endswith(ending) else "")


def _moved(lines: Lines, entry: Entry, part: str, finding: Finding) -> Finding:
    """A finding about a part as one about the repository file, at the place that it has there."""
    start = entry.starts.get(part, entry.start)
    base = lines.position(start)
    line, column = base
    pointer = f"/packages/{entry.place}"
    if part == parts.CONFIG and finding.line is not None and finding.column is not None:
        line = base.line + finding.line - 1
        column = finding.column + (base.column - 1 if finding.line == 1 else 0)
        pointer += f"/config{finding.pointer or ''}"
    elif part == parts.TEMPLATE and part in entry.starts:
        pointer += f"/{_TEMPLATE_POINTER}"
    message = f"{entry.shown}: {finding.message}"
    name = entry.content.name or None
    return finding._replace(message=message, line=line, column=column, pointer=pointer, id=name)
