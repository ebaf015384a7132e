"""JSON and YAML documents as plain values: mappings that know their lines, lists and scalars.

The YAML is built from the parser's events with a stack, so that no tag constructs anything and no nesting
exhausts the interpreter (libyaml's own composer recurses in C). Scalars are typed as go-yaml 2 types them
as far as calicoctl's output and Ansible's inventories need it: null, booleans and decimal integers;
everything else stays text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from calico_core.errors import InputError
from calico_core.nesting import deep_bracket
from calico_core.spans import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

# Deeper than any resource or inventory; the deepest field of Calico's resources has 10 levels.
_DEEPEST = 100

_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_TRUE = frozenset(("true", "True", "TRUE"))
_FALSE = frozenset(("false", "False", "FALSE"))
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})\Z")


class Mapping(dict[str, Any]):
    """A mapping of a YAML document; ``lines`` has the line of each key, from 1."""

    __slots__ = ("lines",)

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, int] = {}


def line_of(mapping: dict[str, Any], key: str) -> int | None:
    """The line of a key where it is known; JSON documents know none."""
    return mapping.lines.get(key) if isinstance(mapping, Mapping) else None


def read_documents(text: str, path: str, *, aliases: bool = False) -> list[Any]:
    """The documents of a JSON or YAML text, as plain values.

    ``aliases`` allows YAML's aliases (an inventory may have them, calicoctl prints none); an aliased
    value is shared, never copied. Raises InputError, with the place where it is known.
    """
    body = text.removeprefix("\ufeff")
    if not body.strip():
        raise InputError("the file is empty", path=path)
    if body.lstrip()[0] in "{[":
        try:
            return [_json(body)]
        except ValueError as error:
            problem = _json_problem(error, path)
            # YAML's flow style also begins with a bracket.
            try:
                return list(_yaml_documents(body, path, aliases=aliases))
            except InputError:
                raise problem from error
    return list(_yaml_documents(body, path, aliases=aliases))


def _json(text: str) -> Any:
    import json

    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError(f"it is nested deeper than {_DEEPEST} levels") from None


def _json_problem(error: ValueError, path: str) -> InputError:
    message = getattr(error, "msg", str(error))
    return InputError(
        f"this is no JSON: {message}",
        path=path,
        line=getattr(error, "lineno", None),
        column=getattr(error, "colno", None),
    )


def _yaml_documents(text: str, path: str, *, aliases: bool) -> Iterator[Any]:
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        yield from _Builder(path, aliases=aliases).documents(yaml.parse(text, Loader=loader))
    except yaml.MarkedYAMLError as error:
        opening = deep_bracket(text, _DEEPEST)
        if opening is not None:
            line, column = Lines(text).position(opening)
            raise InputError(
                f"it is nested deeper than {_DEEPEST} levels", path=path, line=line, column=column
            ) from None
        mark: Any = error.problem_mark or error.context_mark
        raise InputError(
            f"this is no YAML: {error.problem or error.context}",
            path=path,
            line=mark.line + 1 if mark is not None else None,
            column=mark.column + 1 if mark is not None else None,
        ) from error
    except yaml.YAMLError as error:
        raise InputError(f"this is no YAML: {str(error).splitlines()[0]}", path=path) from error


class _Builder:
    """Builds values from YAML events; one instance reads one text."""

    def __init__(self, path: str, *, aliases: bool) -> None:
        self._path = path
        self._aliases = aliases

    def documents(self, events: Iterator[Any]) -> Iterator[Any]:
        from yaml import events as kinds

        # Each open collection with the key that waits for its value (a mapping's) or None.
        stack: list[tuple[Mapping | list[Any], str | None]] = []
        anchors: dict[str, Any] = {}
        for event in events:
            if isinstance(event, kinds.DocumentStartEvent):
                anchors = {}
                continue
            if isinstance(event, (kinds.MappingStartEvent, kinds.SequenceStartEvent)):
                if len(stack) >= _DEEPEST:
                    raise self._error(event, f"it is nested deeper than {_DEEPEST} levels")
                value: Any = Mapping() if isinstance(event, kinds.MappingStartEvent) else []
                if event.anchor is not None:
                    anchors[event.anchor] = value
                stack.append((value, None))
                continue
            if isinstance(event, (kinds.MappingEndEvent, kinds.SequenceEndEvent)):
                value = stack.pop()[0]
            elif isinstance(event, kinds.ScalarEvent):
                value = _scalar(event.value, plain=event.implicit[0])
                if event.anchor is not None:
                    anchors[event.anchor] = value
            elif isinstance(event, kinds.AliasEvent):
                if not self._aliases or event.anchor not in anchors:
                    raise self._error(event, "an alias (*name) stands where a value is expected")
                value = anchors[event.anchor]
            else:
                continue
            if not stack:
                yield value
                continue
            collection, key = stack[-1]
            if isinstance(collection, list):
                collection.append(value)
            elif key is None:
                stack[-1] = (collection, self._key(collection, event))
            else:
                stack[-1] = (collection, None)
                self._put(collection, key, value)

    def _key(self, mapping: Mapping, event: Any) -> str:
        from yaml.events import ScalarEvent

        if not isinstance(event, ScalarEvent):
            raise self._error(event, "a mapping's key is no plain text")
        key: str = event.value
        if key in mapping.lines:
            raise self._error(event, f"the key {key!r} stands there twice")
        mark: Any = event.start_mark
        mapping.lines[key] = mark.line + 1
        return key

    @staticmethod
    def _put(mapping: Mapping, key: str, value: Any) -> None:
        if key == "<<" and isinstance(value, Mapping):
            for name, entry in value.items():
                mapping.setdefault(name, entry)
            return
        mapping[key] = value

    def _error(self, event: Any, message: str) -> InputError:
        mark = event.start_mark
        return InputError(message, path=self._path, line=mark.line + 1, column=mark.column + 1)


def _scalar(text: str, *, plain: bool) -> Any:
    if not plain:
        return text
    if text in _NULL:
        return None
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    return int(text) if _INTEGER.match(text) else text
