"""The places in definitions: the engine of `marathon` decides what moves, its rules what depends.

Nothing about definitions is decided here a second time: edits become places to move, findings of some rules
the places that depend on a move or need a hand. What is added is what the engine has no use for: names that
are new already, and labels and variables that name a network for somebody else.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.json.pointers import keys_of
from calico_migrate.marathon.parsed import attachments as attached
from calico_migrate.marathon.parsed.package_labels import PackageLabels
from calico_migrate.survey.names import has_network_word
from calico_migrate.survey.place import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from calico_core.findings import Finding
    from calico_core.json.pointers import Path
    from calico_core.report import EditRecord
    from calico_core.spans import Lines
    from calico_migrate.marathon.definitions import Definition
    from calico_migrate.survey.names import Names

# What the engine says of a place that matters here, and what it is then.
FINDINGS = {
    "docker-host-port": State.DEPENDS,
    "overlay-address": State.DEPENDS,
    "docker-network-parameter": State.BY_HAND,
    "network-named-elsewhere": State.BY_HAND,
}

_STORED = ("labels", "DCOS_PACKAGE_OPTIONS")
# Texts that are packed, and say nothing in clear.
_PACKED = frozenset({"DCOS_PACKAGE_OPTIONS", "DCOS_PACKAGE_DEFINITION", "DCOS_PACKAGE_METADATA"})


class Spot(NamedTuple):
    """A place in a text, by its offset."""

    start: int
    state: State
    network: str
    pointer: str | None
    id: str | None
    why: str = ""
    owner: str = ""


class Looked(NamedTuple):
    """What a document of definitions told: its spots, and each definition for what others have to know."""

    spots: list[Spot]
    definitions: list[tuple[Definition, str | None]]


def look(
    definitions: Sequence[Definition],
    edits: Sequence[EditRecord],
    findings: Sequence[Finding],
    names: Names,
    lines: Lines,
    team_label: str | None,
) -> Looked:
    """The spots of one document, from its definitions and what the engine planned and said of them."""
    spots: dict[tuple[int, State], Spot] = {}

    def add(spot: Spot) -> None:
        spots.setdefault((spot.start, spot.state), spot)

    spans = _Spans(_Span.of(definition, team_label) for definition in definitions)
    for edit in edits:
        start = lines.offset(edit.line, edit.column)
        span = spans.around(start)
        if edit.operation == "add" and span is not None:
            # Of a network without a name the object is the place.
            start = span.offset_around(edit.pointer)
        old = edit.old if isinstance(edit.old, str) and edit.old in names.old else names.default
        state = State.RUNNING if span is not None and span.is_packaged else State.TO_MOVE
        add(Spot(start, state, old, edit.pointer, edit.id, "", span.owner if span else ""))
    for finding in findings:
        state_of = FINDINGS.get(finding.rule)
        if state_of is None or finding.line is None:
            continue
        start = lines.offset(finding.line, finding.column or 1)
        span = spans.around(start)
        network = span.network(names) if span is not None else names.default
        add(
            Spot(
                start,
                state_of,
                network,
                finding.pointer,
                finding.id,
                finding.message,
                span.owner if span else "",
            )
        )
    for span in spans.all:
        for spot in _own(span, names):
            add(spot)
    found = sorted(spots.values(), key=lambda spot: (spot.start, spot.state.value))
    return Looked(found, [(span.definition, span.id) for span in spans.all])


class _Span(NamedTuple):
    """A definition with what a place in it inherits."""

    definition: Definition
    id: str | None
    owner: str
    is_packaged: bool

    @classmethod
    def of(cls, definition: Definition, team_label: str | None) -> _Span:
        labels = definition.value.get("labels")
        labels = labels if isinstance(labels, dict) else {}
        owner = labels.get(team_label) if team_label else None
        return cls(
            definition,
            definition.identity.resolved(),
            owner if isinstance(owner, str) else "",
            PackageLabels.of(labels) is not None,
        )

    def offset_around(self, pointer: str) -> int:
        """Where the object begins that a pointer of the document adds a member to."""
        own = self.definition.pointer()
        keys = keys_of(pointer.removeprefix(own)) if pointer.startswith(own) else ()
        path: list[str | int] = []
        value: Any = self.definition.value
        for key in keys[:-1]:
            if isinstance(value, list) and key.isdigit():
                path.append(int(key))
                value = value[int(key)]
            else:
                path.append(key)
                value = value[key] if isinstance(value, dict) else None
        return self.definition.offset(tuple(path))

    def network(self, names: Names) -> str:
        """The old network that the definition is on, or the default one."""
        found = (
            entry.name or names.default
            for entry in attached.attachments(self.definition.kind, self.definition.value)
        )
        return next((name for name in found if name in names.old), names.default)


class _Spans:
    """The definitions of a document; one may lie in another."""

    def __init__(self, spans: Iterable[_Span]) -> None:
        self.all = list(spans)
        self._sorted = sorted(self.all, key=lambda span: span.definition.start)
        self._starts = [span.definition.start for span in self._sorted]
        # How far a definition and all before it reach.
        self._reach = list(accumulate((span.definition.end for span in self._sorted), max))

    def around(self, offset: int) -> _Span | None:
        """The innermost definition around an offset."""
        index = bisect_right(self._starts, offset) - 1
        while index >= 0 and self._reach[index] > offset:
            if self._sorted[index].definition.end > offset:
                return self._sorted[index]
            index -= 1
        return None


def _own(span: _Span, names: Names) -> Iterator[Spot]:
    """What a definition says beside what the engine looks at."""
    definition = span.definition

    def spot(path: Path, state: State, network: str, why: str = "") -> Spot:
        return Spot(
            definition.offset(path), state, network, definition.pointer(path), span.id, why, span.owner
        )

    for entry in attached.attachments(definition.kind, definition.value):
        if entry.name in names.new and entry.entry is not None:
            yield spot((*entry.entry, entry.key), State.DONE, str(entry.name))
    labels = definition.value.get("labels")
    package = PackageLabels.of(labels) if isinstance(labels, dict) else None
    if package is not None:
        stored = package.network_options
        for state, known in ((State.RUNNING, names.old), (State.DONE, names.new)):
            option = next((option for option in stored if option[1] in known), None)
            if option is not None:
                why = f"{package.service} was installed with {option[0]}; {package.update_command}"
                yield spot(_STORED, state, option[1], why if state is State.RUNNING else "")
                break
    for path, key, value in _variables(definition.value):
        if value in names.old or value in names.new:
            if not has_network_word(key):
                continue
            state = (
                State.DONE if value in names.new else State.RUNNING if _is_scheduler(span) else State.BY_HAND
            )
            yield spot(
                path,
                state,
                value,
                f"{key} names the network for somebody else" if state is State.BY_HAND else "",
            )


def _is_scheduler(span: _Span) -> bool:
    """Whether the app is a scheduler, whose environment came from a package's options."""
    env = span.definition.value.get("env")
    return span.is_packaged or (isinstance(env, dict) and ("FRAMEWORK_NAME" in env or "EXECUTOR_URI" in env))


def _variables(value: Any) -> Iterator[tuple[Path, str, str]]:
    """The labels and variables of a definition and its containers: path, key and value."""
    holders: list[tuple[Path, Any]] = [((), value)]
    containers = value.get("containers")
    if isinstance(containers, list):
        holders += [(("containers", index), each) for index, each in enumerate(containers)]
    if isinstance(value.get("run"), dict):
        holders.append((("run",), value["run"]))
    for path, holder in holders:
        if not isinstance(holder, dict):
            continue
        for member in ("env", "environment", "labels"):
            entries = holder.get(member)
            if isinstance(entries, dict):
                for key, entry in entries.items():
                    if isinstance(entry, str) and key not in _PACKED:
                        yield (*path, member, key), key, entry
