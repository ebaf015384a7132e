"""From a YAML tree to the values that Calico's Go types hold, with every way in which they differ.

The tree goes through go-yaml into JSON, where a scalar meant for a text becomes one, and through Go's strict
JSON decoder into the type. Source: gopkg.in/yaml.v2 v2.2 ``decode.go``; projectcalico/go-yaml-wrapper;
Go ``encoding/json``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from calico_migrate.calico import types
from calico_migrate.calico.problems import Path, Problem
from calico_migrate.calico.rules import (
    invalid_field,
    invalid_port,
    invalid_protocol,
    invalid_type,
    invalid_yaml,
    lost_tag,
    other_case,
    repeated_key,
    unquoted_selector,
    value_read_differently,
)
from calico_migrate.calico.scalars import has_local_tag, json_number, number_text, resolve
from calico_migrate.calico.validation.ports import read_port, read_protocol
from calico_migrate.calico.yaml_tree import Mapping, Node, Scalar, Sequence, YamlError

if TYPE_CHECKING:
    from collections.abc import Iterator

_MERGE_TAG = "tag:yaml.org,2002:merge"
_QUOTE = "quote it to keep what is written"

# Go's time.ParseDuration, and the nanoseconds that fit into an int64.
_DURATION = re.compile(r"[-+]?(?:(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:ns|us|µs|μs|ms|s|m|h))+|[-+]?0")
_DURATION_PART = re.compile(r"([0-9]+(?:\.[0-9]*)?|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)")
_SECONDS = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "μs": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}
_LONGEST_DURATION = (1 << 63) / 1e9
_TIME = re.compile(
    r"([0-9]{4})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    r"T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?(?:Z|[-+][0-9]{2}:[0-9]{2})"
)


class Entry:
    """A key of a mapping as calicoctl sees it, with its last value."""

    __slots__ = ("key", "merged", "node", "value")

    def __init__(self, key: str, node: Node, value: Node, merged: bool) -> None:
        self.key = key
        self.node = node
        self.value = value
        self.merged = merged


class Decoder:
    """Decodes the values of one document and collects what is wrong or read differently.

    ``coerce`` says whether numbers and truth values become text where a text is wanted; calicoctl does not
    do so in a document that is a list of resources.
    """

    def __init__(self, *, coerce: bool = True) -> None:
        self.problems: list[Problem] = []
        self._coerce = coerce

    def entries(self, mapping: Mapping, path: Path) -> list[Entry]:
        """The keys of a mapping, merges and repeated keys settled, in the order of the text."""
        found: dict[str, Entry] = {}
        self._collect(mapping, path, found)
        return list(found.values())

    def _collect(self, mapping: Mapping, path: Path, found: dict[str, Entry]) -> None:
        pending = [(mapping, 0, False)]
        while pending:
            current, start, merged = pending.pop()
            for index in range(start, len(current.pairs)):
                key_node, value = current.pairs[index]
                if _is_merge(key_node):
                    pending.append((current, index + 1, merged))
                    # Of a list, the first mapping wins, so that it is merged last.
                    pending.extend((source, 0, True) for source in self._merge_sources(value, path))
                    break
                key = self._key(key_node, path)
                if key is None:
                    continue
                if not merged and key in found and not found[key].merged:
                    self._add(
                        repeated_key.RULE,
                        f"the key '{_short(key)}' is here a second time, and only the last one counts",
                        key_node,
                        (*path, key),
                        "keep one of them",
                    )
                if merged and key in found and not found[key].merged:
                    self._differs(
                        found[key].value,
                        (*path, key),
                        f"the '<<' behind it replaces the value of '{_short(key)}'",
                        "put '<<' first",
                    )
                found[key] = Entry(key, key_node, value, merged)

    def _merge_sources(self, value: Node, path: Path) -> list[Mapping]:
        if isinstance(value, Mapping):
            return [value]
        sources = value.items if isinstance(value, Sequence) else []
        mappings = [source for source in sources if isinstance(source, Mapping)]
        if isinstance(value, Scalar) or len(mappings) != len(sources):
            self._add(
                invalid_yaml.RULE, "a merge key '<<' needs a mapping or a list of mappings", value, path
            )
        return mappings

    def _key(self, node: Node, path: Path) -> str | None:
        if not isinstance(node, Scalar):
            self._add(invalid_yaml.RULE, "a key cannot be a list or a mapping", node, path)
            return None
        value = self._resolve(node, path)
        if isinstance(value, str):
            return value
        if value is None or (isinstance(value, int) and value >= 1 << 63):
            self._add(invalid_yaml.RULE, f"the key '{node.text[:40]}' cannot be one", node, path)
            return None
        key = {"NaN": ".nan", "+Inf": ".inf", "-Inf": "-.inf"}.get(number_text(value), number_text(value))
        if key != node.text:
            self._differs(node, (*path, key), f"the key {_short(node.text)} is read as '{key}'")
        return key

    def decode(self, node: Node, kind: types.Type, path: Path) -> Any:
        """The value that the field holds afterwards, None for null and for what is refused."""
        if isinstance(kind, types.Text):
            return self._text(node, kind, path)
        if isinstance(kind, types.Record):
            return self._record(node, kind, path)
        if isinstance(kind, types.ListOf):
            return self._list(node, kind, path)
        if isinstance(kind, types.TextMap):
            return self._map(node, path)
        if isinstance(kind, types.Anything):
            return None
        if not isinstance(node, Scalar):
            self._wrong(node, path, _WANTED[type(kind)])
            return None
        value = self._resolve(node, path)
        if value is None:
            return None
        if isinstance(kind, types.Boolean):
            if isinstance(value, bool):
                return value
        elif isinstance(kind, types.Protocol | types.Port):
            return self._number_or_text(node, value, kind, path)
        elif isinstance(kind, types.Duration | types.Time):
            if isinstance(value, str) and _is_moment(value, kind):
                return value
        elif isinstance(value, int | float) and not isinstance(value, bool):
            return self._number(node, value, kind, path)
        self._wrong(node, path, _WANTED[type(kind)])
        return None

    def _text(self, node: Node, kind: types.Text, path: Path) -> str | None:
        if not isinstance(node, Scalar):
            self._wrong(node, path, "a text")
            return None
        value = self._resolve(node, path)
        text: str
        if isinstance(value, str):
            text = value
            if node.tag is not None and has_local_tag(node):
                self._lost_tag(node, kind, path, text)
        elif value is None:
            if node.text:
                self._differs(node, path, f"{node.text} is read as an empty text")
            return None
        elif not self._coerce:
            self._wrong(
                node, path, "a text", "quote it: in a list of resources calicoctl makes no text of it"
            )
            return None
        else:
            text = number_text(value)
            if text != node.text:
                self._differs(node, path, f"{_short(node.text)} is read as the text '{text}'")
        self._check(text, kind, node, path)
        return text

    def _check(self, text: str, kind: types.Text, node: Node, path: Path) -> None:
        if kind.check is not None and (text or not kind.check.optional):
            problem = kind.check.problem(text)
            if problem:
                self._add(kind.check.rule, problem, node, path)

    def _lost_tag(self, node: Scalar, kind: types.Text, path: Path, text: str) -> None:
        if not kind.selector:
            self._add(
                lost_tag.RULE,
                f"'{_short(node.tag or '')}' is a YAML tag, and calicoctl reads only '{_short(text)}'",
                node,
                path,
                _QUOTE,
            )
            return
        if text:
            message = (
                f"'{_short(node.tag or '')}' is a YAML tag and is lost: the selector is '{_short(text)}'"
            )
        else:
            message = (
                f"'{_short(node.tag or '')}' is a YAML tag: the selector is empty and selects everything"
            )
        self._add(
            unquoted_selector.RULE,
            message,
            node,
            path,
            f'quote the selector: "{_short(node.tag or "")}{" " + _short(text) if text else ""}"',
        )

    def _record(self, node: Node, kind: types.Record, path: Path) -> dict[str, Any] | None:
        if not isinstance(node, Mapping):
            if not (isinstance(node, Scalar) and self._resolve(node, path) is None):
                self._wrong(node, path, "a mapping")
            return None
        values: dict[str, Any] = {}
        for entry, field in self._fields(node, kind, path):
            value = self.decode(entry.value, kind.fields[field], (*path, field))
            if value is None:
                continue
            earlier = values.get(field)
            if isinstance(earlier, dict) and isinstance(value, dict):
                value = {**earlier, **value}
            values[field] = value
        return values

    def _fields(self, node: Mapping, kind: types.Record, path: Path) -> Iterator[tuple[Entry, str]]:
        taken: dict[str, str] = {}
        entries = self.entries(node, path)
        matched = [(entry, kind.field(entry.key)) for entry in entries]
        if len({field for _, field in matched}) < len(matched):
            # Go's JSON has its keys in order, so that of two spellings the one in lower case comes last.
            matched.sort(key=lambda pair: pair[0].key)
        for entry, field in matched:
            if field is None:
                self._unknown_field(entry, kind, path)
                continue
            if field in taken:
                self._add(
                    repeated_key.RULE,
                    f"'{_short(taken[field])}' and '{_short(entry.key)}' are one field to calicoctl",
                    entry.node,
                    (*path, field),
                    "keep one of them",
                )
            elif field != entry.key:
                self._add(
                    other_case.RULE,
                    f"the field is called '{field}'; calicoctl takes '{entry.key}' for it",
                    entry.node,
                    (*path, field),
                )
            taken[field] = entry.key
            yield entry, field

    def _unknown_field(self, entry: Entry, kind: types.Record, path: Path) -> None:
        import difflib

        near = difflib.get_close_matches(entry.key[:100], list(kind.fields), n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"it has {', '.join(sorted(kind.fields))}"
        self._add(
            invalid_field.RULE,
            f"Calico 3.14 knows no field '{_short(entry.key)}' in {_where(path)}",
            entry.node,
            (*path, entry.key),
            hint if len(hint) < 200 else "",
        )

    def _list(self, node: Node, kind: types.ListOf, path: Path) -> list[Any] | None:
        if isinstance(node, Sequence):
            return [self._item(item, kind.item, (*path, index)) for index, item in enumerate(node.items)]
        if not (isinstance(node, Scalar) and self._resolve(node, path) is None):
            self._wrong(node, path, "a list", "begin each item with '- ', even when there is only one")
        return None

    def _item(self, node: Node, kind: types.Type, path: Path) -> Any:
        """An item of a list; null is what Go has for a value that is not there."""
        value = self.decode(node, kind, path)
        if value is not None:
            return value
        if isinstance(kind, types.Record):
            return {}
        null = isinstance(node, Scalar) and self._resolve(node, path) is None
        if isinstance(kind, types.Port):
            if null:
                _, problem = read_port(0)
                self._add(invalid_port.RULE, f"nothing is read as port 0, and {problem}", node, path)
            return 0
        if null and isinstance(kind, types.Text):
            self._check("", kind, node, path)
        return ""

    def _map(self, node: Node, path: Path) -> dict[str, str] | None:
        if isinstance(node, Mapping):
            plain = types.Text()
            return {
                entry.key: self._text(entry.value, plain, (*path, entry.key)) or ""
                for entry in self.entries(node, path)
            }
        if not (isinstance(node, Scalar) and self._resolve(node, path) is None):
            self._wrong(node, path, "a mapping")
        return None

    def _number(self, node: Scalar, value: float, kind: types.Type, path: Path) -> int | float | None:
        number = json_number(value)
        if number is None:
            self._add(
                invalid_yaml.RULE, f"{node.text} cannot stand in JSON, which calicoctl goes by", node, path
            )
            return None
        if isinstance(kind, types.Whole) and not (
            isinstance(number, int) and kind.least <= number <= kind.most
        ):
            self._wrong(node, path, f"a whole number from {kind.least} to {kind.most}")
            return None
        self._note_number(node, number, path)
        return number

    def _number_or_text(
        self, node: Scalar, value: Any, kind: types.Protocol | types.Port, path: Path
    ) -> int | str | None:
        is_port = isinstance(kind, types.Port)
        most = 65535 if is_port else 255
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            self._wrong(node, path, _WANTED[type(kind)])
            return None
        if not isinstance(value, str):
            number = self._number(node, value, types.Whole(0, most), path)
            if number is None:
                return None
            value = int(number)
        elif has_local_tag(node):
            self._lost_tag(node, types.Text(), path, value)
        result, problem = read_port(value) if is_port else read_protocol(value)
        if problem:
            self._add(invalid_port.RULE if is_port else invalid_protocol.RULE, problem, node, path)
        return result

    def _note_number(self, node: Scalar, number: float, path: Path) -> None:
        try:
            written = float(node.text) if "_" not in node.text else None
        except ValueError:
            written = None
        if written != number:
            self._differs(
                node,
                path,
                f"{_short(node.text)} is read as {number_text(number)}",
                f"write {number_text(number)}, or the number that is meant",
            )

    def _resolve(self, node: Scalar, path: Path) -> Any:
        try:
            return resolve(node)
        except YamlError as error:
            self._add(invalid_yaml.RULE, error.message, node, path)
            return None

    def _differs(self, node: Node, path: Path, message: str, hint: str = _QUOTE) -> None:
        self._add(value_read_differently.RULE, message, node, path, hint)

    def _wrong(self, node: Node, path: Path, wanted: str, hint: str = "") -> None:
        self._add(
            invalid_type.RULE, f"{_where(path)} takes {wanted}, and {_what(node)} is here", node, path, hint
        )

    def _add(self, rule: Any, message: str, node: Node, path: Path, hint: str = "") -> None:
        self.problems.append(Problem(rule, message, hint, node.offset, path))


_WANTED: dict[type, str] = {
    types.Boolean: "true or false",
    types.Whole: "a whole number",
    types.Real: "a number",
    types.Duration: "a duration such as '90s' as a text",
    types.Time: "a time such as '2020-01-31T12:00:00Z'",
    types.Protocol: "a protocol's name or number",
    types.Port: "a port, a range such as '8000:8080', or a name",
}


def _is_merge(node: Node) -> bool:
    return (
        isinstance(node, Scalar)
        and node.text == "<<"
        and ((node.plain and node.tag is None) or node.tag == _MERGE_TAG)
    )


def _is_moment(text: str, kind: types.Duration | types.Time) -> bool:
    if isinstance(kind, types.Time):
        match = _TIME.fullmatch(text)
        return match is not None and int(match[3]) <= _days(int(match[1]), int(match[2]))
    if len(text) > 100 or _DURATION.fullmatch(text) is None:
        return False
    seconds = sum(float(number) * _SECONDS[unit] for number, unit in _DURATION_PART.findall(text))
    return seconds < _LONGEST_DURATION


def _days(year: int, month: int) -> int:
    import calendar

    return 29 if month == 2 and calendar.isleap(year) else calendar.monthrange(2001, month)[1]


def _where(path: Path) -> str:
    names = [str(part) for part in path if isinstance(part, str)]
    return f"'{_short(names[-1])}'" if names else "a resource"


def _what(node: Node) -> str:
    if isinstance(node, Mapping):
        return "a mapping"
    if isinstance(node, Sequence):
        return "a list"
    return f"'{_short(node.text)}'" if node.text else "nothing"


def _short(text: str, most: int = 60) -> str:
    shown = text if text.isprintable() else repr(text)[1:-1]
    return shown if len(shown) <= most else shown[: most - 1] + "…"
