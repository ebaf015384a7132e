"""The definitions in a document: apps, pods, jobs and Edge-LB pools, in every shape that APIs and files have.

The shapes are those of Marathon's API (mesosphere/marathon docs/docs/rest-api/public/api/v2: apps, pods,
groups, queue), of Metronome's jobs and of Edge-LB's V2 pools. A walk reads each definition with one call of
the C scanner and goes into wrappers only; it keeps nothing, so that memory does not grow with the document.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.json import scanning
from calico_core.json.locating import pointer
from calico_migrate.marathon.attachments import runtime
from calico_migrate.marathon.json_notation import JsonNotation

if TYPE_CHECKING:
    from collections.abc import Callable

    from calico_core.json.locating import Path
    from calico_migrate.marathon.notation import Notation

# Members that hold further definitions: arrays, except "app" and "pod" of an answer for one of them.
_LISTS = frozenset({"apps", "groups", "pods", "*", "queue"})
_WRAPPED = frozenset({"app", "pod"})
_HOLDERS = _LISTS | _WRAPPED
# Members by which other definitions than apps are told.
_OTHERS = ("run", "haproxy", "virtualNetworks", "spec", "containers")
# Members that make an object an app or a pod of its own, whatever else it holds.
_OWN = frozenset({"networks", "ipAddress", "container", "containers", "cmd", "args"})

# Many definitions are in one array.
_pointer_of_holder = lru_cache(maxsize=16)(pointer)


class Definition:
    """One definition inside a document.

    ``kind`` is ``app``, ``pod``, ``job`` or ``edgelb-pool``; ``value`` the parsed definition; ``path`` its
    place in the document (``("groups", 0, "apps", 3)``); ``start`` and ``end`` span the text that holds it
    (for a pod's status: the whole status), ``inside`` the path from there to the definition, and ``whole``
    the value there. ``escaped`` says whether numeric escapes stand anywhere in the whole text.
    """

    __slots__ = (
        "_notation", "_pointer", "end", "escaped", "inside", "kind", "path", "start", "text", "value",
        "whole",
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
        self._notation: Notation | None = None
        self._pointer: str | None = None

    @property
    def notation(self) -> Notation:
        """Where its parts stand in the text, and what changes of them do to it."""
        if self._notation is None:
            self._notation = JsonNotation(self)
        return self._notation

    @property
    def is_ucr(self) -> bool:
        """Whether Mesos' own runtime runs the container, and not Docker."""
        return runtime(self.kind, self.value) == "ucr"

    def sole(self, word: str) -> int:
        """The offset of a text (of its quote) that stands exactly once in the definition, key or value.

        Answers -1 where that is not certain. A quote behind no backslash begins or ends a text, and no letter
        follows a text's end; without a numeric escape there is no other spelling, unless of a slash.
        """
        if '"' in word or "\\" in word or "/" in word:
            return -1
        text, end, quoted = self.text, self.end, f'"{word}"'
        place = text.find(quoted, self.start, end)
        if (
            place < 0
            or text[place - 1] == "\\"
            or text.find(quoted, place + 1, end) >= 0
            or (self.escaped and self.has_escapes)
        ):
            return -1
        return place

    @property
    def has_escapes(self) -> bool:
        """Whether numeric escapes stand in the definition: a letter may then be spelled in two ways."""
        return self.escaped and scanning.NUMERIC_ESCAPE.search(self.text, self.start, self.end) is not None

    def pointer(self, path: Path = ()) -> str:
        """The RFC 6901 pointer, in the document, of a path below the definition."""
        if self._pointer is None:
            holder, last = _pointer_of_holder(self.path[:-1]), self.path[-1:]
            self._pointer = f"{holder}/{last[0]}" if last and type(last[0]) is int else holder + pointer(last)
        return self._pointer + pointer(path) if path else self._pointer

    def offset(self, path: Path) -> int:
        """Where the value at ``path`` begins, or the nearest value around it that is there."""
        value: Any = self.value
        depth = 0
        for step in path:
            if not (step in value if isinstance(value, dict) else isinstance(value, list)):
                break
            value = value[step]
            depth += 1
        last = path[depth - 1] if depth else 0
        if isinstance(last, str):
            key = self.sole(last)
            if key >= 0:
                return scanning.value_offset(self.text, key + len(last) + 2)
        return self.notation.offset(path[:depth])


class Discarded(NamedTuple):
    """A span of the text that an earlier duplicate of a key holds: Marathon never sees it."""

    start: int
    end: int


class Walked(NamedTuple):
    """What a walk tells of the whole document.

    ``kind`` is the report's kind, None where the document is no definition; ``discarded`` are the spans of
    earlier duplicates of keys in which definitions were met all the same.
    """

    kind: str | None
    discarded: list[Discarded]


def walk(text: str, visit: Callable[[Definition], object]) -> Walked:
    """Calls ``visit`` with each definition of a document, in the order of their ends.

    Raises InputError (without a path) where the text is no JSON, and what ``visit`` raises.
    """
    document = _Walk(text, visit)
    document.whole()
    return Walked(document.kind, document.discarded)


class _Walk:
    """A walk under way; ``_end`` is the offset behind the last object or array that was walked."""

    def __init__(self, text: str, visit: Callable[[Definition], object]) -> None:
        self._text = text
        self._visit = visit
        self._escaped = scanning.has_numeric_escape(text)
        self.kind: str | None = None
        self.discarded: list[Discarded] = []
        self._end = 0
        self._count = 0

    def whole(self) -> None:
        """Walks over the whole document."""
        text = self._text
        start = scanning.begin(text)
        mark = text[start : start + 1]
        try:
            if mark == "{":
                self._object(start, (), top=True)
            elif mark == "[":
                self._array(start, (), groups=False)
            else:
                self._end = scanning.scan(text, start)[1]
        except RecursionError:
            raise scanning.too_deep(text) from None
        scanning.finish(text, self._end)

    def _array(self, start: int, path: Path, *, groups: bool) -> None:
        """The definitions in an array of definitions, wrappers or ``groups``; sets ``_end``."""
        text, leaf, visit = self._text, self._leaf, self._visit
        scan, following = scanning.scan, scanning.following
        offset, index = scanning.first(text, start), 0
        closed = scanning.end_of_empty(text, start) if offset < 0 else 0
        known = False
        while offset >= 0:
            place = (*path, index)
            if groups and text.startswith("{", offset):
                self._object(offset, place, top=False)
                end = self._end
            else:
                value, end = scan(text, offset)
                if isinstance(value, dict):
                    if value.keys().isdisjoint(_HOLDERS):
                        found = leaf(value, place, offset, end)
                        if found is not None:
                            known = True
                            self._count += 1
                            visit(found)
                    else:
                        known = True
                        self._object(offset, place, top=False)
            offset, closed = following(text, end, "]")
            index += 1
        self._end = closed
        if known and not path:
            self.kind = "list"

    def _object(self, start: int, path: Path, *, top: bool) -> None:
        """The definitions in a wrapper or group, and the object itself where it is one; sets ``_end``."""
        text = self._text
        count = self._count
        value: dict[str, Any] = {}
        entered: dict[str, Discarded] = {}
        offset = scanning.first(text, start)
        closed = scanning.end_of_empty(text, start) if offset < 0 else 0
        while offset >= 0:
            key, at = scanning.key(text, offset)
            if key in entered:
                # Of duplicate keys the last one counts: what the earlier one held is dead text.
                self.discarded.append(entered.pop(key))
            if key in _LISTS and text.startswith("[", at):
                self._array(at, (*path, key), groups=key == "groups")
                end = self._end
                entered[key] = Discarded(at, end)
                value[key] = []
            elif key in _WRAPPED and text.startswith("{", at):
                self._object(at, (*path, key), top=False)
                end = self._end
                entered[key] = Discarded(at, end)
                value[key] = {}
            else:
                value[key], end = scanning.scan(text, at)
            offset, closed = scanning.following(text, end, "}")
        self._end = closed
        own = None
        if not entered:
            own = self._leaf(value, path, start, closed)
        elif self._count == count and not value.keys().isdisjoint(_OWN):
            # An app with a member that only looks like a wrapper: nothing was in it.
            own = self._leaf(scanning.scan(text, start)[0], path, start, closed)
        if own is not None:
            self._count += 1
            self._visit(own)
        if top:
            self.kind = _kind(value, entered, own)

    def _leaf(self, value: dict[str, Any], path: Path, start: int, end: int) -> Definition | None:
        """The definition that an object itself is, None where it is none."""
        if not value.keys().isdisjoint(_OTHERS):
            other = self._other(value, path, start, end)
            if other is not None:
                return other
        if "id" in value or not value.keys().isdisjoint(_OWN):
            return Definition("app", value, path, self._text, start, end, self._escaped)
        return None

    def _other(self, value: dict[str, Any], path: Path, start: int, end: int) -> Definition | None:
        """The job, Edge-LB pool or pod that an object is, None where it is none of them."""
        text, escaped = self._text, self._escaped
        if isinstance(value.get("run"), dict):
            return Definition("job", value, path, text, start, end, escaped)
        if "haproxy" in value or "virtualNetworks" in value:
            return Definition("edgelb-pool", value, path, text, start, end, escaped)
        spec = value.get("spec")
        if isinstance(spec, dict) and ("instances" in value or "id" in value):
            return Definition("pod", spec, (*path, "spec"), text, start, end, escaped, ("spec",), value)
        if isinstance(value.get("containers"), list):
            return Definition("pod", value, path, text, start, end, escaped)
        return None


def _kind(value: dict[str, Any], entered: dict[str, Discarded], own: Definition | None) -> str | None:
    """The report's kind of a whole document that is an object."""
    if own is not None:
        return "pod-status" if own.inside else own.kind
    if "app" in entered:
        return "app"
    if "pod" in entered:
        return "pod"
    if "groups" in entered or ("id" in value and entered):
        return "group"
    if entered:
        return "list"
    return None
