"""JSON files of packages: their values, with every string that names an old network marked.

A value is found in a file by marking it: each JSON string ``"dcos"`` of the text gets a name of its own
before the text is parsed, so that one parse tells both the values and where each one stands.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Mark(NamedTuple):
    """One JSON string of a text: ``text[start:end]`` with its quotes, and the network that it names."""

    start: int
    end: int
    network: str


class Document(NamedTuple):
    """A parsed JSON text.

    ``value`` holds a mark's own name wherever the text has the marked string as a whole value; ``marks``
    tells what each stands for. ``duplicates`` are keys that an object has twice, the last one of which
    counts. Keys are never marked.
    """

    text: str
    value: Any
    marks: Mapping[str, Mark]
    duplicates: tuple[str, ...]

    def plain(self, value: Any) -> Any:
        """A value with its marks replaced by what the text says."""
        if not self.marks:
            return value
        if isinstance(value, str):
            mark = self.marks.get(value)
            return mark.network if mark else value
        if isinstance(value, dict):
            return {key: self.plain(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.plain(item) for item in value]
        return value


class Marker:
    """Gives names to the strings that stand for old networks, one series for one run.

    A mark's name is a word that no text of the run has, of letters and digits only: neither JSON nor
    mustache nor HTML escapes it. ``networks`` are the old names.
    """

    def __init__(self, networks: Iterable[str]) -> None:
        self._networks = tuple(networks)
        names = "|".join(re.escape(json.dumps(name)[1:-1]) for name in self._networks)
        self._pattern = re.compile(f'"({names})"(?![ \\t\\r\\n]*:)') if names else None

    def parse(self, text: str, *, path: str | None = None, series: str = "c") -> Document:
        """The marked document of a JSON text; raises InputError with the place where it is none."""
        stem = _unused_stem(text, series)
        marks: dict[str, Mark] = {}
        marked = text

        def mark(match: re.Match[str]) -> str:
            name = f"{stem}{len(marks)}z"
            marks[name] = Mark(match.start(), match.end(), match.group(1))
            return f'"{name}"'

        if self._pattern is not None:
            marked = self._pattern.sub(mark, text)
        duplicates: list[str] = []
        try:
            value = loads(marked, duplicates)
        except InputError:
            # The places in the marked text are not those in the file.
            value = loads(text, duplicates, path=path)
        return Document(text, value, marks, tuple(duplicates))


def loads(text: str, duplicates: list[str] | None = None, *, path: str | None = None) -> Any:
    """The value of a JSON text, which may begin with a byte order mark.

    Keys that an object has twice go to ``duplicates``. Raises InputError with the place of a mistake, and
    for a text that is nested too deeply.
    """
    body = text[1:] if text.startswith("\ufeff") else text

    def take(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs) and duplicates is not None:
            seen: set[str] = set()
            for key, _ in pairs:
                if key in seen:
                    duplicates.append(key)
                seen.add(key)
        return found

    try:
        return json.loads(body, object_pairs_hook=take, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise InputError(f"is no JSON: {error.msg}", path=path, line=error.lineno, column=error.colno) from error
    except RecursionError as error:
        raise InputError("is nested too deeply to be read", path=path) from error
    except ValueError as error:
        raise InputError(f"is no JSON: {error}", path=path) from error


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON value")


def _unused_stem(text: str, series: str) -> str:
    stem = f"q7{series}x"
    while stem in text:
        stem += "q"
    return stem
