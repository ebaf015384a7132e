"""The configuration file: ``.calico-migrate.toml``, or ``[tool.calico-migrate]`` in a ``pyproject.toml``.

A file of somebody else is refused: what it says decides which files are changed.
"""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.errors import InputError, UsageError
from calico_core.sources import read_bytes
from calico_migrate.configuration.searching import PROJECT, TABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LARGEST = 1_000_000
_KEYS = ("map", "default-network", "fail-on", "ignore", "exclude", "baseline", "accept")
_ACCEPT_KEYS = ("rule", "path", "id", "until", "reason")
_LEVELS = ("error", "warning", "info", "never")


class Accept(NamedTuple):
    """One ``[[accept]]`` entry: globs of what it settles (None for anything), the last day, and why.

    ``line`` is where it stands in the file, as far as that is known.
    """

    rule: str | None
    path: str | None
    id: str | None
    until: date | None
    reason: str
    line: int | None


class Configuration(NamedTuple):
    """What a configuration file says; None and nothing for what it leaves open.

    ``path`` is the file as it is shown, ``directory`` the one that its globs begin in.
    """

    path: str
    directory: str
    map: tuple[str, ...] = ()
    default_network: str | None = None
    fail_on: str | None = None
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    baseline: str | None = None
    accept: tuple[Accept, ...] = ()


def load(path: str) -> Configuration:
    """Reads a configuration file; raises UsageError for everything that is wrong with it."""
    shown = _shown(path)
    try:
        data = read_bytes(path, limit=_LARGEST)[0]
        owners = {os.stat(path).st_uid, os.lstat(path).st_uid}
    except (InputError, OSError) as error:
        reason = error.message if isinstance(error, InputError) else "cannot be read"
        raise UsageError(reason, path=shown) from error
    if not owners <= {0, os.geteuid()}:
        raise UsageError(
            "belongs to somebody else, and is not read: it decides what is changed; own it, or run with"
            " --no-config",
            path=shown,
        )
    table = _table(shown, data, os.path.basename(path))
    if table is None:
        raise UsageError("has no table [tool.calico-migrate]", path=shown)
    return _Reading(shown, os.path.dirname(os.path.realpath(path)), data.decode("utf-8"), table).result()


def has_table(path: str) -> bool:
    """Whether a ``pyproject.toml`` has a table for this program; raises UsageError where it is no TOML."""
    try:
        data = read_bytes(path, limit=_LARGEST)[0]
    except InputError:
        return False
    return _table(path, data, PROJECT) is not None


def _shown(path: str) -> str:
    below = os.path.relpath(path)
    return path if below.startswith("..") else below


def _table(path: str, data: bytes, name: str) -> Mapping[str, Any] | None:
    """The file's settings; in a ``pyproject.toml`` those of our table, None where it has none."""
    from calico_core import toml

    try:
        document = toml.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise UsageError("is not UTF-8", path=_shown(path)) from error
    except (toml.TOMLDecodeError, RecursionError) as error:
        raise UsageError(f"is not TOML: {error}", path=_shown(path)) from error
    if name != PROJECT:
        whole: Mapping[str, Any] = document
        return whole
    tool = document.get("tool")
    table: Any = tool.get(TABLE) if isinstance(tool, dict) else None
    if not isinstance(table, dict):
        return None
    held: Mapping[str, Any] = table
    return held


class _Reading:
    """One file's table under way to a configuration."""

    def __init__(self, path: str, directory: str, text: str, table: Mapping[str, Any]) -> None:
        self._path = path
        self._directory = directory
        self._text = text
        self._table = table

    def result(self) -> Configuration:
        self._refuse_unknown(self._table, _KEYS, None)
        fail_on = self._text_of("fail-on")
        if fail_on is not None and fail_on not in _LEVELS:
            raise self._error(f"fail-on = {fail_on!r}: it is one of {', '.join(_LEVELS)}", "fail-on")
        return Configuration(
            self._path,
            self._directory,
            self._texts("map"),
            self._text_of("default-network"),
            fail_on,
            self._texts("ignore"),
            self._texts("exclude"),
            self._text_of("baseline"),
            tuple(self._accept()),
        )

    def _accept(self) -> Iterator[Accept]:
        entries = self._table.get("accept", [])
        if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
            raise self._error("accept is written as [[accept]], a table for each entry", "accept")
        lines = [
            number
            for number, line in enumerate(self._text.splitlines(), 1)
            if "accept]]" in line.replace(" ", "")
        ]
        for index, entry in enumerate(entries):
            line = lines[index] if len(lines) == len(entries) else None
            self._refuse_unknown(entry, _ACCEPT_KEYS, line)
            texts = {key: self._entry_text(entry, key, line) for key in ("rule", "path", "id", "reason")}
            reason = texts.pop("reason")
            if not reason or not reason.strip():
                raise self._error("an [[accept]] entry needs a reason", line=line)
            if not any(texts.values()):
                raise self._error("an [[accept]] entry needs a rule, a path or an id", line=line)
            yield Accept(texts["rule"], texts["path"], texts["id"], self._day(entry, line), reason, line)

    def _day(self, entry: Mapping[str, Any], line: int | None) -> date | None:
        until = entry.get("until")
        if isinstance(until, str):
            try:
                return date.fromisoformat(until)
            except ValueError:
                raise self._error(f"until = {until!r} is no day; write it as 2027-03-31", line=line) from None
        # A time of day is a date too, and says more than a last day.
        if until is None or type(until) is date:
            return until
        raise self._error("until is a day, such as 2027-03-31", line=line)

    def _entry_text(self, entry: Mapping[str, Any], key: str, line: int | None) -> str | None:
        value = entry.get(key)
        if value is not None and not isinstance(value, str):
            raise self._error(f"{key} of an [[accept]] entry is a text", line=line)
        return value

    def _text_of(self, key: str) -> str | None:
        value = self._table.get(key)
        if value is not None and not isinstance(value, str):
            raise self._error(f"{key} is a text", key)
        return value

    def _texts(self, key: str) -> tuple[str, ...]:
        value = self._table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self._error(f"{key} is a list of texts", key)
        return tuple(value)

    def _refuse_unknown(self, table: Mapping[str, Any], known: tuple[str, ...], line: int | None) -> None:
        for key in table:
            if key not in known:
                from calico_core.nearest import nearest_ones

                near = nearest_ones(key, known, 1)
                hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
                raise self._error(f"there is no key {key}; {hint}", key, line)

    def _error(self, message: str, key: str | None = None, line: int | None = None) -> UsageError:
        if line is None and key is not None:
            lines = self._text.splitlines()
            line = next(
                (
                    number
                    for number, each in enumerate(lines, 1)
                    if each.lstrip().startswith((key, f'"{key}"'))
                ),
                None,
            )
        return UsageError(message, path=self._path, line=line)
