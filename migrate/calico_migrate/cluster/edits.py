"""Edits of a stripped definition, done and undone with a test of the value that is replaced."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.errors import InputError
from calico_core.json.pointers import keys_of, token
from calico_core.legible import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_INDEX = re.compile(r"0|[1-9][0-9]{0,8}", re.ASCII)
_ABSENT = object()


class BodyEdit(NamedTuple):
    """One change: ``old`` None is inserted, ``new`` None is removed. Pointers are those before all edits."""

    pointer: str
    old: Any
    new: Any
    rule: str

    @property
    def takes_out_of_array(self) -> bool:
        """Whether an element of an array goes, so that later ones move up."""
        return self.new is None and _INDEX.fullmatch(self.pointer.rpartition("/")[2]) is not None

    @property
    def reversed(self) -> BodyEdit:
        """The edit that undoes this one."""
        return self._replace(old=self.new, new=self.old)


class MismatchError(InputError):
    """A definition does not have what an edit expects; ``pointer`` says where."""

    def __init__(self, pointer: str, message: str) -> None:
        super().__init__(message)
        self.pointer = pointer


def applied(body: dict[str, Any], edits: Sequence[BodyEdit]) -> dict[str, Any]:
    """A copy of the body with all edits done. Raises MismatchError where an edit finds something else."""
    removed = [edit for edit in edits if edit.takes_out_of_array]
    result: Any = body
    for edit in edits:
        if not edit.takes_out_of_array:
            result = _changed(result, edit.pointer, edit.old, edit.new)
    for edit in sorted(removed, key=_index, reverse=True):
        result = _changed(result, edit.pointer, edit.old, None)
    return dict(result)


def undone(body: dict[str, Any], edits: Sequence[BodyEdit]) -> dict[str, Any]:
    """A copy of the body with all edits undone. Raises MismatchError where an edit finds something else."""
    result: Any = body
    for edit in sorted((edit for edit in edits if edit.takes_out_of_array), key=_index):
        result = _inserted(result, edit.pointer, edit.old)
    for edit in reversed(edits):
        if not edit.takes_out_of_array:
            result = _changed(result, edit.pointer, edit.new, edit.old)
    return dict(result)


def differences(one: Any, other: Any, pointer: str = "", *, most: int = 20) -> list[str]:
    """The pointers of the values in which two bodies differ; the first ones of many."""
    found: list[str] = []
    pending = [(one, other, pointer)]
    while pending and len(found) < most:
        left, right, place = pending.pop()
        if isinstance(left, dict) and isinstance(right, dict):
            keys = sorted(left.keys() | right.keys(), reverse=True)
            pending += [
                (left.get(key, _ABSENT), right.get(key, _ABSENT), f"{place}/{token(key)}") for key in keys
            ]
        elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
            pairs = list(enumerate(zip(left, right, strict=True)))
            pending += [(a, b, f"{place}/{index}") for index, (a, b) in reversed(pairs)]
        elif left != right or isinstance(left, bool) is not isinstance(right, bool):
            found.append(place)
    return found


def steps(pointer: str) -> tuple[str, ...]:
    """The steps of a pointer; raises MismatchError where it is none."""
    if not pointer.startswith("/"):
        raise MismatchError(pointer, f"{quoted(pointer)} is no pointer below the definition")
    return keys_of(pointer)


def _index(edit: BodyEdit) -> tuple[str, int]:
    holder, _, last = edit.pointer.rpartition("/")
    return holder, int(last)


def _changed(root: Any, pointer: str, old: Any, new: Any) -> Any:
    """A copy of the root with one value replaced, inserted (old None) or removed (new None)."""

    def change(holder: Any, step: str) -> Any:
        copy = holder.copy()
        if isinstance(copy, list):
            index = _element(copy, step, pointer)
            _require_equal(copy[index], old, pointer)
            if new is None:
                del copy[index]
            else:
                copy[index] = new
            return copy
        present = copy.get(step)
        if old is None and present is not None:
            raise MismatchError(pointer, f"{pointer} is there already")
        if old is not None:
            _require_equal(copy.get(step, _ABSENT), old, pointer)
        if new is None:
            del copy[step]
        else:
            copy[step] = new
        return copy

    return _at(root, steps(pointer), pointer, change)


def _inserted(root: Any, pointer: str, value: Any) -> Any:
    def change(holder: Any, step: str) -> Any:
        if not isinstance(holder, list) or int(step) > len(holder):
            raise MismatchError(pointer, f"{pointer} has no place in an array any more")
        copy = holder.copy()
        copy.insert(int(step), value)
        return copy

    return _at(root, steps(pointer), pointer, change)


def _at(value: Any, path: Sequence[str], pointer: str, change: Callable[[Any, str], Any]) -> Any:
    """A copy of ``value``, as deep as needed, in which the holder of the last step was changed."""
    if not isinstance(value, (dict, list)):
        raise MismatchError(pointer, f"{pointer} leads into a value that holds nothing")
    if len(path) == 1:
        return change(value, path[0])
    key: Any = _element(value, path[0], pointer) if isinstance(value, list) else path[0]
    if isinstance(value, dict) and key not in value:
        raise MismatchError(pointer, f"{pointer} is not there")
    copy = value.copy()
    copy[key] = _at(value[key], path[1:], pointer, change)
    return copy


def _element(value: list[Any], step: str, pointer: str) -> int:
    if not _INDEX.fullmatch(step) or int(step) >= len(value):
        raise MismatchError(pointer, f"{pointer} is not there")
    return int(step)


def _require_equal(present: Any, old: Any, pointer: str) -> None:
    if present is _ABSENT or present != old or isinstance(present, bool) is not isinstance(old, bool):
        raise MismatchError(pointer, f"{pointer} has another value than the plan's")


def from_json(documents: Iterable[Any]) -> tuple[BodyEdit, ...]:
    """The edits in a plan, whose shape is checked already."""
    return tuple(BodyEdit(each["pointer"], each["old"], each["new"], each["rule"]) for each in documents)
