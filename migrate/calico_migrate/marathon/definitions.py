"""The definitions in a document: apps, pods, jobs and Edge-LB pools, in every shape that APIs and files have.

`parsed.recognition` says what counts as one. A walk reads each definition with one call of
the C scanner and goes into wrappers only; it keeps nothing, so that memory does not grow with the document.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.errors import InputError
from calico_core.json import scanning
from calico_core.json.pointers import pointer
from calico_migrate.marathon.json_notation import JsonNotation
from calico_migrate.marathon.parsed import recognition
from calico_migrate.marathon.parsed.identity import Group, Identity
from calico_migrate.marathon.parsed.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from calico_core.json.pointers import Path
    from calico_migrate.marathon.notation import Notation

# How long a document may be that is tried as one definition, and what mostly stands in others.
_LARGEST_SINGLE = 1_000_000
_WRAPPERS = ('"apps"', '"groups"', '"pods"', '"queue"', '"app"', '"pod"', '"pools"')
# Many definitions are in one array.
_pointer_of_holder = lru_cache(maxsize=16)(pointer)
# Definitions have much the same places.
_pointer_below = lru_cache(maxsize=1024)(pointer)


class Definition:
    """One definition inside a document.

    ``kind`` is ``app``, ``pod``, ``job`` or ``edgelb-pool``; ``value`` the parsed definition; ``path`` its
    place in the document (``("groups", 0, "apps", 3)``); ``start`` and ``end`` span the text that holds it
    (for a pod's status: the whole status), ``inside`` the path from there to the definition, and ``whole``
    the value there. ``escaped`` says whether escapes may stand anywhere in the whole text, ``group`` is
    the wrapper around it. ``mentions`` are the places in the text at which old names stand as words, where
    somebody has looked for them.
    """

    __slots__ = (
        "_notation", "_pointer", "_record", "_spelled", "end", "escaped", "group", "inside", "kind",
        "mentions", "path", "start", "text", "value", "whole",
    )  # fmt: skip

    def __init__(
        self,
        kind: str,
        value: dict[str, Any],
        path: Path,
        text: str,
        start: int,
        end: int,
        escaped: bool,
        inside: Path = (),
        whole: dict[str, Any] | None = None,
        group: Group | None = None,
    ) -> None:
        self.kind = kind
        self.value = value
        self.path = path
        self.text = text
        self.start = start
        self.end = end
        self.inside = inside
        self.whole = value if whole is None else whole
        self.escaped = escaped
        self.group = group
        self.mentions: Sequence[int] | None = None
        self._notation: Notation | None = None
        self._pointer: str | None = None
        self._record: Record | None = None
        self._spelled: bool | None = None

    @property
    def notation(self) -> Notation:
        """Where its parts stand in the text, and what changes of them do to it."""
        if self._notation is None:
            end = -1 if self.has_escapes else self.end
            self._notation = JsonNotation(self.text, self.start, end, self.inside, self.mentions)
        return self._notation

    @property
    def identity(self) -> Identity:
        """What it is called; to be resolved when the walk has seen the groups around it to their ends."""
        return Identity(recognition.identity(self.kind, self.value), self.group)

    @property
    def record(self) -> Record:
        """What it says."""
        if self._record is None:
            self._record = Record(self.kind, self.value)
        return self._record

    @property
    def reach(self) -> tuple[int, int]:
        """The span of the text in which all of its values stand."""
        return self.start, self.end

    def sole_member(self, key: str) -> int:
        """The offset of the value of a key that stands exactly once in the definition.

        Answers -1 where that is not certain.
        """
        if self.has_escapes or not scanning.is_plain(key):
            return -1
        return scanning.sole_key(self.text, key, self.start, self.end)

    @property
    def has_escapes(self) -> bool:
        """Whether a plain word, or a slash, may be spelled in two ways in it."""
        if not self.escaped:
            return False
        if self._spelled is None:
            self._spelled = scanning.SPELLED.search(self.text, self.start, self.end) is not None
        return self._spelled

    @property
    def has_any_escapes(self) -> bool:
        """Whether any character may be spelled in two ways in it."""
        return self.escaped and scanning.NUMERIC_ESCAPE.search(self.text, self.start, self.end) is not None

    def pointer(self, path: Path = ()) -> str:
        """The RFC 6901 pointer, in the document, of a path below the definition."""
        if self._pointer is None:
            holder, last = _pointer_of_holder(self.path[:-1]), self.path[-1:]
            self._pointer = f"{holder}/{last[0]}" if last and type(last[0]) is int else holder + pointer(last)
        return self._pointer + _pointer_below(path) if path else self._pointer

    def offset(self, path: Path) -> int:
        """Where the value at ``path`` begins, or the nearest value around it that is there."""
        value: Any = self.value
        depth = 0
        for step in path:
            if not (step in value if isinstance(value, dict) else isinstance(value, list)):
                break
            value = value[step]
            depth += 1
        return self.notation.offset(path[:depth])


class Discarded(NamedTuple):
    """A span of the text that an earlier duplicate of a key holds: Marathon never sees it.

    ``definitions`` is how many were met in it; ``again`` is where the key stands that replaces it, and
    ``path`` that key's place in the document.
    """

    start: int
    end: int
    definitions: int
    again: int
    path: Path


class Walked(NamedTuple):
    """What a walk tells of the whole document.

    ``kind`` is the report's kind, None where the document holds no definition; ``discarded`` are the spans of
    earlier duplicates of keys in which definitions were met all the same.
    """

    kind: str | None
    discarded: list[Discarded]


def walk(
    text: str,
    visit: Callable[[Definition], object],
    pass_over: Callable[[dict[str, Any], Path, int], object] | None = None,
) -> Walked:
    """Calls ``visit`` with each definition of a document, in the order of their ends.

    ``pass_over`` is called with each object that stands where a definition may and is none: with its value,
    its path and the offset of its text.

    Raises InputError (without a path) where the text is no JSON, and what ``visit`` and ``pass_over`` raise.
    """
    document = _Walk(text, visit, pass_over)
    document.whole()
    return Walked(document.kind, document.discarded)


class _Walk:
    """A walk under way; ``_end`` is the offset behind the last object or array that was walked."""

    def __init__(
        self,
        text: str,
        visit: Callable[[Definition], object],
        pass_over: Callable[[dict[str, Any], Path, int], object] | None,
    ) -> None:
        self._text = text
        self._visit = visit
        self._pass_over = pass_over
        self._escaped = scanning.has_numeric_escape(text)
        self.kind: str | None = None
        self.discarded: list[Discarded] = []
        self._end = 0
        self._count = 0
        # Whether anything stood where a definition may, and was none.
        self._passed_over = False

    def whole(self) -> None:
        """Walks over the whole document."""
        text = self._text
        start = scanning.begin(text)
        mark = text[start : start + 1]
        try:
            if mark == "{":
                if not self._single(start):
                    self._object(start, (), None, top=True)
            elif mark == "[":
                self._array(start, (), None)
                if self._count:
                    self.kind = "list"
            else:
                self._end = scanning.scan(text, start)[1]
        except RecursionError:
            raise scanning.too_deep(text) from None
        scanning.finish(text, self._end)

    def _single(self, start: int) -> bool:
        """Walks over a document that is one object without wrappers, in one go; False where it is no such.

        What is wrong with a text is told by a walk that goes from member to member.
        """
        text = self._text
        if len(text) > _LARGEST_SINGLE or any(wrapper in text for wrapper in _WRAPPERS):
            return False
        try:
            value, end = scanning.scan(text, start)
        except (InputError, RecursionError):
            return False
        if not value.keys().isdisjoint(recognition.HOLDERS):
            return False
        self._end = end
        own = self._leaf(value, (), start, end, None, needs_id=True)
        if own is not None:
            self._count += 1
            self._visit(own)
            self.kind = _kind(value, {}, own)
        return True

    def _array(self, start: int, path: Path, group: Group | None) -> None:
        """The definitions in an array of definitions, wrappers or ``groups``; sets ``_end``."""
        text, leaf, visit = self._text, self._leaf, self._visit
        scan, between, following = scanning.scan, scanning.between, scanning.following
        offset, index = scanning.first(text, start), 0
        closed = scanning.end_of_empty(text, start) if offset < 0 else 0
        holder = path[-1] if path else None
        groups, needs_id = holder == "groups", holder not in recognition.NEED_NO_ID
        while offset >= 0:
            place = (*path, index)
            if groups and text.startswith("{", offset):
                self._object(offset, place, group, needs_id=False)
                end = self._end
            else:
                value, end = scan(text, offset)
                if isinstance(value, dict):
                    if value.keys().isdisjoint(recognition.HOLDERS):
                        found = leaf(value, place, offset, end, group, needs_id)
                        if found is not None:
                            self._count += 1
                            visit(found)
                    else:
                        self._object(offset, place, group, needs_id=needs_id)
            behind = between(text, end)
            if behind is None:
                offset, closed = following(text, end, "]")
            else:
                offset = behind.end()
            index += 1
        self._end = closed

    def _object(
        self, start: int, path: Path, around: Group | None, *, needs_id: bool = True, top: bool = False
    ) -> None:
        """The definitions in a wrapper or group, and the object itself where it is one; sets ``_end``."""
        text = self._text
        count = self._count
        group = Group(around)
        value: dict[str, Any] = {}
        # The spans of the lists and wrappers, with the number of definitions.
        entered: dict[str, tuple[int, int, int]] = {}
        offset = scanning.first(text, start)
        closed = scanning.end_of_empty(text, start) if offset < 0 else 0
        while offset >= 0:
            key, at = scanning.key(text, offset)
            before = self._count
            if key in entered:
                # Of duplicate keys the last one counts: what the earlier one held is dead text.
                self.discarded.append(Discarded(*entered.pop(key), offset, (*path, key)))
            if key in recognition.LISTS and text.startswith("[", at):
                self._array(at, (*path, key), group)
                end = self._end
                entered[key] = at, end, self._count - before
                value[key] = []
            elif key in recognition.WRAPPED and text.startswith("{", at):
                self._object(at, (*path, key), group)
                end = self._end
                entered[key] = at, end, self._count - before
                value[key] = {}
            else:
                value[key], end = scanning.scan(text, at)
            offset, closed = scanning.following(text, end, "}")
        self._end = closed
        own = None
        if not entered:
            own = self._leaf(value, path, start, closed, around, needs_id)
        elif self._count == count and not value.keys().isdisjoint(recognition.OWN):
            # A definition with a member that only looks like a wrapper: nothing was in it.
            whole = scanning.scan(text, start)[0]
            own = self._leaf(whole, path, start, closed, around, needs_id)
        name = value.get("id")
        group.id = name if isinstance(name, str) else None
        if own is not None:
            self._count += 1
            self._visit(own)
        # Edge-LB's wrappers are told by what is in them alone.
        if top and (self._count or not (self._passed_over or "pools" in entered or "v2" in entered)):
            self.kind = _kind(value, entered, own)

    def _leaf(
        self, value: dict[str, Any], path: Path, start: int, end: int, group: Group | None, needs_id: bool
    ) -> Definition | None:
        """The definition that an object itself is, None where it is none."""
        found = recognition.recognise(value, needs_id=needs_id)
        if found is None:
            self._passed_over = True
            if self._pass_over is not None:
                self._pass_over(value, path, start)
            return None
        text, escaped, inside = self._text, self._escaped, found.inside
        if inside:
            spec = value["spec"]
            return Definition(
                found.kind, spec, path + inside, text, start, end, escaped, inside, value, group
            )
        return Definition(found.kind, value, path, text, start, end, escaped, group=group)


def _kind(value: dict[str, Any], entered: Collection[str], own: Definition | None) -> str | None:
    """The report's kind of a whole document that is an object."""
    if own is not None:
        return "pod-status" if own.inside else own.kind
    if "app" in entered:
        return "app"
    if "pod" in entered:
        return "pod"
    if "v2" in entered or "pools" in entered:
        return "edgelb-pool"
    if "groups" in entered or ("id" in value and entered):
        return "group"
    if entered:
        return "list"
    return None
