"""Old networks that a definition names where neither Marathon nor Metronome looks for a network.

A scheduler reads its environment, a command its own options: what they start joins the network that is named
there, whatever ``networks`` says. And a key that Marathon does not know is ignored without a word.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.json.scanning import is_plain
from calico_migrate.marathon.parsed import network_keys
from calico_migrate.marathon.parsed.fields import RUNTIME_FIELDS
from calico_migrate.marathon.sightings import Sightings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from calico_core.json.pointers import Path
    from calico_migrate.marathon.definitions import Definition

_NETWORK_WORD = r"(?i:network|overlay)|(?:^|[^A-Za-z])(?i:net)(?:$|[^A-Za-z])|[a-z]Net(?:$|[^a-z])"
"""What the name of a variable or option has that speaks of a network."""

# Bounded, so that no text of any length takes long.
_OPTION = r"--?[\w.-]{0,60}(?:network|overlay)[\w.-]{0,60}(?:\s{0,9}=\s{0,9}|\s{1,9})|--net(?:=|\s{1,9})"
_SETTING = r"[\w.-]{0,60}(?:network|overlay)[\w.-]{0,60}[\"']?\s{0,9}[=:]\s{0,9}"
_DOCKER = r"docker\s{1,9}network\s{1,9}(?:connect|disconnect|inspect)\s{1,9}"
# What stands in front of a name that is a word of its own: a mark, a blank or a quote, in any spelling.
_BEFORE = (r"[=' \t,:\"]", r"\\[nrt]", r"\\u[0-9A-Fa-f]{4}")
_UNKNOWN_KEYS = frozenset({*network_keys.KEYS, "network"})
# Where Marathon and Metronome look themselves, and where names mean something else.
_KNOWN_PLACES: dict[str, frozenset[Path]] = {
    "app": frozenset({
        ("networks",), ("ipAddress",), ("env",), ("labels",), ("container", "portMappings"),
        ("container", "docker", "portMappings"), ("container", "docker", "network"),
        *((key,) for key in RUNTIME_FIELDS),
    }),
    "pod": frozenset({("networks",), ("environment",), ("labels",), *((key,) for key in RUNTIME_FIELDS)}),
    "job": frozenset({("run", "networks"), ("run", "env"), ("labels",)}),
}  # fmt: skip
_KNOWN_OF_CONTAINERS = ("endpoints", "environment", "labels")


class Elsewhere(NamedTuple):
    """A name in a place of its own: the path of the text, the old name, and how it is said there.

    ``place`` is ``variable``, ``command`` or ``key``.
    """

    path: Path
    name: str
    said: str
    place: str


def _as_word(name: str) -> str:
    """The expression for a name that is a word of its own."""
    escaped = re.escape(name)
    return rf"{escaped}(?![\w./-])(?:{'|'.join(f'(?<={before}{escaped})' for before in _BEFORE)})"


class Finder:
    """Finds the old names of one map of networks."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(names)
        self._plain = all(map(is_plain, self._names))
        self._longest_first = sorted(self._names, key=len, reverse=True)
        # What begins with a letter is found sooner than what begins with a choice.
        self._word = re.compile("|".join(map(_as_word, self._longest_first)) or r"(?!)")

    @cached_property
    def _said(self) -> re.Pattern[str]:
        alternatives = "|".join(map(re.escape, self._longest_first))
        return re.compile(
            rf"(?<![\w.-])(?:{_OPTION}|{_SETTING}|{_DOCKER})[\"']?(?P<name>{alternatives})(?![\w./-])",
            re.IGNORECASE,
        )

    def sightings(self) -> Sightings:
        """Where these names stand as words of their own in texts."""
        return Sightings(self._word)

    def knows_spelling(self, definition: Definition) -> bool:
        """Whether no old name can be spelled in another way in a definition."""
        return not (definition.has_escapes if self._plain else definition.has_any_escapes)

    def find(self, kind: str, value: Mapping[str, Any]) -> Iterator[Elsewhere]:
        """Every place in an app, a pod or a job, each text once; Edge-LB's pools have no such places."""
        if kind not in _KNOWN_PLACES:
            return
        for path, environment in _environments(kind, value):
            for key, text in environment.items():
                if isinstance(text, str):
                    if text in self._names and re.search(_NETWORK_WORD, key):
                        yield Elsewhere((*path, key), text, f"{key}={text}", "variable")
                    else:
                        yield from self._in_text((*path, key), text)
        for path, text in _commands(kind, value):
            yield from self._in_text(path, text)
        for path, words in _argument_lists(kind, value):
            yield from self._in_words(path, words)
        places = _KNOWN_PLACES[kind] | _places_of_containers(value)
        for path, name in network_keys.named(value, self._names, _UNKNOWN_KEYS, places):
            yield Elsewhere(path, name, name, "key")

    def _in_text(self, path: Path, text: str) -> Iterator[Elsewhere]:
        match = self._first_said(text)
        if match is not None:
            yield Elsewhere(path, match["name"], match.group(), "command")

    def _first_said(self, text: str) -> re.Match[str] | None:
        """Where an option or a setting in a text names an old network first."""
        if not any(name in text for name in self._names):
            return None
        return next((each for each in self._said.finditer(text) if each["name"] in self._names), None)

    def _in_words(self, path: Path, words: list[Any]) -> Iterator[Elsewhere]:
        texts = [word if isinstance(word, str) else "" for word in words]
        match = self._first_said(" ".join(texts))
        if match is not None:
            ends = list(accumulate(len(text) + 1 for text in texts))
            index = bisect_right(ends, match.start("name"))
            yield Elsewhere((*path, index), match["name"], match.group(), "command")


@lru_cache(maxsize=8)
def finder(names: frozenset[str]) -> Finder:
    """The finder of these old names; there are few maps in one run."""
    return Finder(names)


def _environments(kind: str, value: Mapping[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    if kind == "job":
        places: list[Path] = [("run", "env")]
    elif kind == "pod":
        places = [("environment",), *((*path, "environment") for path in _containers(value))]
    else:
        places = [("env",)]
    for path in places:
        found = _at(value, path)
        if isinstance(found, dict):
            yield path, found


def _commands(kind: str, value: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    places: list[Path] = [("run", "cmd")] if kind == "job" else [("cmd",)]
    if kind == "pod":
        places = [(*path, "exec", "command", "shell") for path in _containers(value)]
    checks = value.get("healthChecks") if kind == "app" else None
    if isinstance(checks, list):
        places += [("healthChecks", index, "command", "value") for index in range(len(checks))]
    for path in places:
        text = _at(value, path)
        if isinstance(text, str):
            yield path, text


def _argument_lists(kind: str, value: Mapping[str, Any]) -> Iterator[tuple[Path, list[Any]]]:
    places: list[Path] = [("run", "args")] if kind == "job" else [("args",)]
    if kind == "pod":
        places = [(*path, "exec", "command", "argv") for path in _containers(value)]
    for path in places:
        words = _at(value, path)
        if isinstance(words, list) and words:
            yield path, words


def _containers(value: Mapping[str, Any]) -> list[Path]:
    containers = value.get("containers")
    return [("containers", index) for index in range(len(containers))] if isinstance(containers, list) else []


def _places_of_containers(value: Mapping[str, Any]) -> frozenset[Path]:
    return frozenset((*path, key) for path in _containers(value) for key in _KNOWN_OF_CONTAINERS)


def _at(value: Any, path: Path) -> Any:
    for step in path:
        if isinstance(step, int):
            value = value[step] if isinstance(value, list) and step < len(value) else None
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value
