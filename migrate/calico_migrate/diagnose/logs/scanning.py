"""One pass over a log: in blocks of bytes, looking for literals first and asking expressions of their lines
only.

Nothing is decoded but the lines that are kept. Of a problem that repeats, its first and its last lines are
kept and all are counted; of a good line only where the last one is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import datetime, timedelta, timezone
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.members import DamagedError
from calico_migrate.diagnose.logs import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from calico_migrate.diagnose.logs.catalogue import Line

_KEPT = 40
_STARTS = 4000
_LONGEST = 4000
_JOURNAL_TIME = re.compile(rb"(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.\d{1,9})? ([+-]\d{4}) \S+ ")
_KERNEL_TIME = re.compile(rb"\[\w{3} (\w{3}) +(\d{1,2}) (\d\d):(\d\d):(\d\d) (\d{4})\]")
_MONTHS = (b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec")


class Hit(NamedTuple):
    """A line that was found: its number, its time where it says one, its text, and the named groups.

    ``focus`` is the part of it that says what is wrong.
    """

    line: int
    time: datetime | None
    text: str
    groups: Mapping[str, str]
    focus: str = ""


class Hits(NamedTuple):
    """The lines of one id: how many, and the first and last of them."""

    seen: int
    kept: tuple[Hit, ...]

    @property
    def last(self) -> Hit:
        """The last one."""
        return self.kept[-1]


class Digest(NamedTuple):
    """What a log says. ``hits`` are by id; those of problems are the ones that no good line follows.

    ``goods`` are the last good lines by id, ``states`` the last line of each BGP peer. ``lines`` counts the
    lines, ``cut`` says that the log ends early.
    """

    name: str
    hits: Mapping[str, Hits]
    goods: Mapping[str, Hit]
    states: Mapping[str, Hit]
    lines: int
    cut: bool

    def get(self, *ids: str) -> Hits | None:
        """The first of several ids that was found."""
        return next((self.hits[each] for each in ids if each in self.hits), None)


class _Scan:
    def __init__(self, item: str) -> None:
        self.lines = catalogue.BY_ITEM[item]
        self.found: dict[str, list[Hit]] = {}
        self.counts: dict[str, int] = {}
        self.goods: dict[str, Hit] = {}
        self.states: dict[str, Hit] = {}
        self.number = 0
        problems = [line for line in self.lines if line.kind != catalogue.GOOD]
        if item == names.FELIX_LOG:
            outside = [
                line
                for line in problems
                if line.id in ("startup-autodetected", "start-trace", "etcd-cert", "startup-terminating")
            ]
            self.literals = [*catalogue.FELIX_LEVELS, *(each for line in outside for each in line.literals)]
        else:
            self.literals = list(
                catalogue.SHORTCUTS.get(item) or [each for line in problems for each in line.literals]
            )
        self.asked = problems
        self.good = [line for line in self.lines if line.kind == catalogue.GOOD]

    def block(self, data: bytes) -> None:
        """Looks at whole lines: for literals first, then with expressions at the lines that hold one."""
        starts: set[int] = set()
        for literal in self.literals:
            at = data.find(literal)
            while at >= 0:
                starts.add(data.rfind(b"\n", 0, at) + 1)
                end = data.find(b"\n", at)
                if end < 0:
                    break
                at = data.find(literal, end)
        rows: list[bytes] = []
        numbers: list[int] = []
        counted, number = 0, self.number + 1
        for start in sorted(starts):
            number += data.count(b"\n", counted, start)
            counted = start
            end = data.find(b"\n", start)
            rows.append(data[start : end if end >= 0 else len(data)][:_LONGEST])
            numbers.append(number)
        for index, line in self._candidates(rows):
            self._ask(line, rows[index], numbers[index])
        for line in self.good:
            for literal in line.literals:
                at = data.rfind(literal)
                if at >= 0:
                    self._keep_good(line, data, at)
        self.number = number - 1 + data.count(b"\n", counted)

    def _candidates(self, rows: list[bytes]) -> list[tuple[int, Line]]:
        """The rows that hold a literal of a line, with that line, in the order of the rows.

        The rows are searched as one text: many of them are words of warning that nobody knows.
        """
        if not rows:
            return []
        text = b"\n".join(rows)
        ends = list(accumulate(len(row) + 1 for row in rows))
        found: list[tuple[int, int]] = []
        for order, line in enumerate(self.asked):
            for literal in line.literals:
                at = text.find(literal)
                while at >= 0:
                    index = bisect_right(ends, at)
                    found.append((index, order))
                    at = text.find(literal, ends[index])
        return [(index, self.asked[order]) for index, order in sorted(set(found))]

    def _keep_good(self, line: Line, data: bytes, at: int) -> None:
        start = data.rfind(b"\n", 0, at) + 1
        end = data.find(b"\n", at)
        row = data[start : end if end >= 0 else len(data)][:_LONGEST]
        if line.pattern.search(row) is None:
            return
        hit = _hit(row, self.number + data.count(b"\n", 0, start) + 1, {})
        before = self.goods.get(line.id)
        if before is None or before.line < hit.line:
            self.goods[line.id] = hit

    def _ask(self, line: Line, row: bytes, number: int) -> None:
        match = line.pattern.search(row)
        if match is None:
            return
        groups = {name: value for name, value in match.groupdict().items() if value is not None}
        hit = _hit(row, number, groups)
        focus = hit.groups.get("err") or match[0].decode("utf-8", "replace")
        hit = hit._replace(focus=focus[:80])
        if line.id == "bird-state":
            self.states[hit.groups["peer"]] = hit
            return
        kept = self.found.setdefault(line.id, [])
        self.counts[line.id] = self.counts.get(line.id, 0) + 1
        kept.append(hit)
        limit = _STARTS if line.id in ("start-trace", "startup-terminating") else _KEPT
        if len(kept) > limit:
            del kept[1]

    def digest(self, name: str, *, cut: bool) -> Digest:
        ended: dict[str, int] = {}
        for good, problems in catalogue.CURES.items():
            if good in self.goods:
                for problem in problems:
                    ended[problem] = max(ended.get(problem, 0), self.goods[good].line)
        hits: dict[str, Hits] = {}
        for known, kept in self.found.items():
            open_ones = [hit for hit in kept if hit.line > ended.get(known, 0)]
            if not open_ones:
                continue
            count = self.counts[known] if len(open_ones) == len(kept) else len(open_ones)
            hits[known] = Hits(count, tuple(open_ones))
        return Digest(name, hits, self.goods, self.states, self.number, cut)


def scan(item: str, name: str, blocks: Iterable[bytes]) -> Digest:
    """What the log of an item says; ``name`` is its member's name."""
    found = _Scan(item)
    cut = False
    rest = b""
    source = iter(blocks)
    while True:
        try:
            data = next(source, None)
        except DamagedError:
            cut = True
            data = None
        if data is None:
            break
        end = data.rfind(b"\n") + 1
        if not end:
            # A line that never ends must not be gathered for ever.
            rest = (rest + data)[: 4 * _LONGEST]
            continue
        found.block(rest + data[:end])
        rest = data[end:]
    if rest:
        found.block(rest)
        found.number += 1
    return found.digest(name, cut=cut)


def _hit(row: bytes, number: int, groups: Mapping[str, bytes]) -> Hit:
    text = row.decode("utf-8", "replace").rstrip()
    return Hit(
        number, _time(row), text, {name: value.decode("utf-8", "replace") for name, value in groups.items()}
    )


def _time(row: bytes) -> datetime | None:
    match = _JOURNAL_TIME.match(row)
    try:
        if match is not None:
            year, month, day, hour, minute, second = (int(match[number]) for number in range(1, 7))
            zone = match[7].decode()
            offset = timedelta(hours=int(zone[:3]), minutes=int(zone[0] + zone[3:]))
            return datetime(year, month, day, hour, minute, second, tzinfo=timezone(offset))
        kernel = _KERNEL_TIME.match(row)
        if kernel is not None and kernel[1] in _MONTHS:
            day, hour, minute, second, year = (int(kernel[number]) for number in (2, 3, 4, 5, 6))
            month = _MONTHS.index(kernel[1]) + 1
            return datetime(year, month, day, hour, minute, second, tzinfo=timezone.utc)
    except ValueError:
        return None
    return None


def ids() -> Iterator[str]:
    """The id of every known line."""
    seen: set[str] = set()
    for lines in catalogue.BY_ITEM.values():
        for line in lines:
            if line.id not in seen:
                seen.add(line.id)
                yield line.id
