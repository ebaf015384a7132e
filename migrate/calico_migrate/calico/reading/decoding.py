"""From a YAML tree to the values that Calico's Go types hold, with every way in which they differ.

The tree goes through go-yaml into JSON, where a scalar meant for a text becomes one, and through Go's strict
JSON decoder into the type. Source: gopkg.in/yaml.v2 v2.2 ``decode.go``; projectcalico/go-yaml-wrapper;
Go ``encoding/json``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_migrate.calico.moments import is_duration, is_time
from calico_migrate.calico.reading import types
from calico_migrate.calico.reading.entries import EntryReader
from calico_migrate.calico.reading.notes import QUOTE, short, where
from calico_migrate.calico.reading.scalars import has_local_tag, json_number, number_text
from calico_migrate.calico.reading.yaml_tree import Mapping, Node, Scalar, Sequence
from calico_migrate.calico.rules import (
    invalid_field,
    invalid_port,
    invalid_protocol,
    invalid_yaml,
    lost_tag,
    other_case,
    repeated_key,
    unquoted_selector,
)
from calico_migrate.calico.validation.ports import read_port, read_protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calico_core.json.pointers import Path
    from calico_migrate.calico.reading.entries import Entry


class Decoder(EntryReader):
    """Decodes the values of one document and collects what is wrong or read differently.

    ``coerce`` says whether numbers and truth values become text where a text is wanted; calicoctl does not
    do so in a document that is a list of resources.
    """

    def __init__(self, *, coerce: bool = True) -> None:
        super().__init__()
        self._coerce = coerce

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
            self.wrong(node, path, _WANTED[type(kind)])
            return None
        value = self.resolve(node, path)
        if value is None:
            return None
        if isinstance(kind, types.Boolean):
            if isinstance(value, bool):
                return value
        elif isinstance(kind, types.Protocol | types.Port):
            return self._number_or_text(node, value, kind, path)
        elif isinstance(kind, types.Duration | types.Time):
            is_moment = is_time if isinstance(kind, types.Time) else is_duration
            if isinstance(value, str) and is_moment(value):
                return value
        elif isinstance(value, int | float) and not isinstance(value, bool):
            return self._number(node, value, kind, path)
        self.wrong(node, path, _WANTED[type(kind)])
        return None

    def _text(self, node: Node, kind: types.Text, path: Path) -> str | None:
        if not isinstance(node, Scalar):
            self.wrong(node, path, "a text")
            return None
        value = self.resolve(node, path)
        text: str
        if isinstance(value, str):
            text = value
            if node.tag is not None and has_local_tag(node):
                self._lost_tag(node, kind, path, text)
        elif value is None:
            if node.text:
                self.differs(node, path, f"{node.text} is read as an empty text")
            return None
        elif not self._coerce:
            self.wrong(node, path, "a text", "quote it: in a list of resources calicoctl makes no text of it")
            return None
        else:
            text = number_text(value)
            if text != node.text:
                self.differs(node, path, f"{short(node.text)} is read as the text '{text}'")
        self._check(text, kind, node, path)
        return text

    def _check(self, text: str, kind: types.Text, node: Node, path: Path) -> None:
        if kind.check is not None and (text or not kind.check.optional):
            problem = kind.check.problem(text)
            if problem:
                self.add(kind.check.rule, problem, node, path)

    def _lost_tag(self, node: Scalar, kind: types.Text, path: Path, text: str) -> None:
        if not kind.selector:
            self.add(
                lost_tag.RULE,
                f"'{short(node.tag or '')}' is a YAML tag, and calicoctl reads only '{short(text)}'",
                node,
                path,
                QUOTE,
            )
            return
        if text:
            message = f"'{short(node.tag or '')}' is a YAML tag and is lost: the selector is '{short(text)}'"
        else:
            message = f"'{short(node.tag or '')}' is a YAML tag: the selector is empty and selects everything"
        self.add(
            unquoted_selector.RULE,
            message,
            node,
            path,
            f'quote the selector: "{short(node.tag or "")}{" " + short(text) if text else ""}"',
        )

    def _record(self, node: Node, kind: types.Record, path: Path) -> dict[str, Any] | None:
        if not isinstance(node, Mapping):
            if not (isinstance(node, Scalar) and self.resolve(node, path) is None):
                self.wrong(node, path, "a mapping")
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
                self.add(
                    repeated_key.RULE,
                    f"'{short(taken[field])}' and '{short(entry.key)}' are one field to calicoctl",
                    entry.node,
                    (*path, field),
                    "keep one of them",
                )
            elif field != entry.key:
                self.add(
                    other_case.RULE,
                    f"the field is called '{field}'; calicoctl takes '{entry.key}' for it",
                    entry.node,
                    (*path, field),
                )
            taken[field] = entry.key
            yield entry, field

    def _unknown_field(self, entry: Entry, kind: types.Record, path: Path) -> None:
        from calico_core.nearest import nearest_ones

        near = nearest_ones(entry.key, kind.fields, most=1)
        hint = f"did you mean '{near[0]}'?" if near else f"it has {', '.join(sorted(kind.fields))}"
        self.add(
            invalid_field.RULE,
            f"Calico 3.14 knows no field '{short(entry.key)}' in {where(path)}",
            entry.node,
            (*path, entry.key),
            hint if len(hint) < 200 else "",
        )

    def _list(self, node: Node, kind: types.ListOf, path: Path) -> list[Any] | None:
        if isinstance(node, Sequence):
            return [self._item(item, kind.item, (*path, index)) for index, item in enumerate(node.items)]
        if not (isinstance(node, Scalar) and self.resolve(node, path) is None):
            self.wrong(node, path, "a list", "begin each item with '- ', even when there is only one")
        return None

    def _item(self, node: Node, kind: types.Type, path: Path) -> Any:
        """An item of a list; null is what Go has for a value that is not there."""
        value = self.decode(node, kind, path)
        if value is not None:
            return value
        if isinstance(kind, types.Record):
            return {}
        null = isinstance(node, Scalar) and self.resolve(node, path) is None
        if isinstance(kind, types.Port):
            if null:
                _, problem = read_port(0)
                self.add(invalid_port.RULE, f"nothing is read as port 0, and {problem}", node, path)
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
        if not (isinstance(node, Scalar) and self.resolve(node, path) is None):
            self.wrong(node, path, "a mapping")
        return None

    def _number(self, node: Scalar, value: float, kind: types.Type, path: Path) -> int | float | None:
        number = json_number(value)
        if number is None:
            self.add(
                invalid_yaml.RULE, f"{node.text} cannot stand in JSON, which calicoctl goes by", node, path
            )
            return None
        if isinstance(kind, types.Whole) and not (
            isinstance(number, int) and kind.least <= number <= kind.most
        ):
            self.wrong(node, path, f"a whole number from {kind.least} to {kind.most}")
            return None
        self._note_number(node, number, path)
        return number

    def _number_or_text(
        self, node: Scalar, value: Any, kind: types.Protocol | types.Port, path: Path
    ) -> int | str | None:
        is_port = isinstance(kind, types.Port)
        most = 65535 if is_port else 255
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            self.wrong(node, path, _WANTED[type(kind)])
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
            self.add(invalid_port.RULE if is_port else invalid_protocol.RULE, problem, node, path)
        return result

    def _note_number(self, node: Scalar, number: float, path: Path) -> None:
        try:
            written = float(node.text) if "_" not in node.text else None
        except ValueError:
            written = None
        if written != number:
            self.differs(
                node,
                path,
                f"{short(node.text)} is read as {number_text(number)}",
                f"write {number_text(number)}, or the number that is meant",
            )


_WANTED: dict[type, str] = {
    types.Boolean: "true or false",
    types.Whole: "a whole number",
    types.Real: "a number",
    types.Duration: "a duration such as '90s' as a text",
    types.Time: "a time such as '2020-01-31T12:00:00Z'",
    types.Protocol: "a protocol's name or number",
    types.Port: "a port, a range such as '8000:8080', or a name",
}
