"""What is passed over and names a network that moves: nobody shall believe that it was moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.errors import InputError
from calico_core.json import scanning
from calico_core.json.locating import Locator
from calico_core.json.pointers import pointer
from calico_core.spans import Lines
from calico_migrate.marathon.languages import Language
from calico_migrate.marathon.parsed import recognition
from calico_migrate.marathon.parsed.network_keys import KEYS, named

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from calico_core.findings import Finding
    from calico_migrate.marathon.parsed.network_keys import Named
    from calico_migrate.network_map import NetworkMap

_SCHEDULED = frozenset({"schedule", "parents"})
# A job of Chronos names its networks as Mesos does.
_KEYS = KEYS | {"networkInfos"}


class Told(NamedTuple):
    """What a skipped file is, in words, and where it names a network: pointer, name, line and column."""

    what: str
    hint: str
    where: str
    network: str
    line: int | None
    column: int | None

    @property
    def message(self) -> str:
        """What it is and where, for an error."""
        place = f"line {self.line}" if self.line is not None else self.where
        return f"{self.what}, and {place} names the network {self.network}; {self.hint}"

    def finding(self) -> Finding:
        """The warning about it."""
        from calico_migrate.marathon.rules import network_in_skipped_file

        return network_in_skipped_file.finding(
            self.where, self.network, self.what, self.hint, self.line, self.column
        )


def told_of(text: str, language: Language, network_map: NetworkMap, what: str) -> Told | None:
    """Where a file that is no definition names a network of the map; None where it does not.

    ``what`` says what it is not. The own networks of a Compose file are none of a cluster.
    """
    if not any(name in text for name in network_map.names) and "\\u" not in text:
        return None
    try:
        if language is Language.JSON:
            return _told_of_json(text, network_map, what)
        return _told_of_yaml(text, network_map, what)
    except (InputError, RecursionError):
        return None


def told_of_entry(
    text: str, start: int, value: dict[str, Any], network_map: NetworkMap, base: str, lines: Lines
) -> Told | None:
    """Where an entry of a list of definitions that is none itself names a network of the map.

    The entry begins at ``start``, its pointer is ``base``; ``lines`` are those of the whole text.
    """
    found = next(_named(value, network_map.names), None)
    if found is None:
        return None
    what = "this entry is no definition that Marathon would take"
    line, column = lines.position(_offset(Locator(text, start), found))
    return Told(what, _BY_HAND, base + pointer(found.path), found.name, line, column)


_BY_HAND = "change it by hand, or write it as a definition of its own"


def _told_of_json(text: str, network_map: NetworkMap, what: str) -> Told | None:
    value = scanning.loads(text)
    found = next(_named(value, network_map.names), None)
    if found is None:
        return None
    locator = Locator(text, scanning.begin(text))
    line, column = Lines(text).position(_offset(locator, found))
    shown, hint = _what(value, what)
    return Told(shown, hint, pointer(found.path), found.name, line, column)


def _told_of_yaml(text: str, network_map: NetworkMap, what: str) -> Told | None:
    from calico_core.yaml.composing import YamlError, compose
    from calico_migrate.marathon.yaml.rewriting import DIALECT
    from calico_migrate.marathon.yaml.values import Values
    from calico_migrate.placeholders import named_lines

    try:
        documents = [Values().of(document.root) for document in compose(text, DIALECT)]
    except YamlError:
        return None
    for value in documents:
        found = next(_named(value, network_map.names), None)
        if found is not None:
            lines = (each.line for each in named_lines(text, {found.name}) if found.name in each.names)
            line = next(lines, None)
            shown, hint = _what(value, what)
            return Told(shown, hint, pointer(found.path), found.name, line, None)
    return None


def _offset(locator: Locator, found: Named) -> int:
    """Where a name stands; one that is a key has no value of its own."""
    try:
        return locator.key(found.path).start if _is_key(found) else locator.start(found.path)
    except (KeyError, IndexError):
        return locator.start(locator.nearest(found.path))


def _is_key(found: Named) -> bool:
    return found.path[-1] == found.name and found.path[-2:-1] != () and found.path[-2] in _KEYS


def _named(value: Any, names: Container[str]) -> Iterator[Named]:
    if isinstance(value, dict) and isinstance(value.get("services"), dict):
        yield from _external(value, names)
    else:
        yield from named(value, names, _KEYS)


def _external(compose: Mapping[str, Any], names: Container[str]) -> Iterator[Named]:
    """The networks of a Compose file that are made elsewhere, and so may be the cluster's."""
    networks = compose.get("networks")
    for found in named({"networks": networks}, names, {"networks"}):
        entry = networks.get(found.path[-1]) if isinstance(networks, dict) else None
        if isinstance(entry, dict) and entry.get("external"):
            yield found


def _what(value: Any, what: str) -> tuple[str, str]:
    """What a parsed file is, as far as it can be told, and what to do with it."""
    jobs = value if isinstance(value, list) else [value]
    if any(isinstance(job, dict) and "name" in job and _SCHEDULED & job.keys() for job in jobs):
        return "is a job of Chronos", "Chronos is not moved: change it by hand"
    if next(recognition.places(value), None) is not None:
        return what, "`calico-migrate marathon` moves it"
    if isinstance(value, dict) and isinstance(value.get("pods"), dict):
        return what, "`calico-migrate package` moves it, where it is a service specification"
    return what, _BY_HAND
