"""The address space as a picture's data: strips to scale, bars with owners, and magnified collisions.

One strip stands for one occupied block of private (or otherwise used) space. Inside a strip everything is to
scale; a bar too small to see keeps its place and gets a least width. Terminal and page draw the same data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_config.facts import known_ranges
from calico_config.occupants import present_ranges, severity_in_pool
from calico_core.addresses import Network, Range, address_text, merged, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from calico_config.facts.facts import Facts

TITLES = {
    "calico": "Calico",
    "overlay": "DC/OS overlay",
    "vtep": "overlay VTEPs",
    "vips": "named VIPs",
    "bridge": "UCR bridge",
    "docker0": "docker0",
    "docker-pool": "Docker's automatic networks",
    "dns": "dcos-dns",
    "link-local": "link-local",
    "special": "special addresses",
    "master": "masters",
    "agent": "agents",
    "resolver": "resolvers",
    "service": "services",
    "reserved": "reserved by you",
    "pool": "installed pools",
}
"""What a kind of range is called in a legend."""

# What is where it is on every machine, and no trouble unless something touches it.
_QUIET = frozenset({"special", "link-local", "docker-pool", "docker0", "resolver"})
# Single addresses nearer to each other than this are one bar; where that leaves too many bars, even more are.
_CLOSE = 256
_MOST_RUNS = 24
MOST_RANGES = 400
MOST_COLLISIONS = 40
_ADDRESSES = frozenset({"master", "agent", "resolver", "service", "dns"})


class Bar(NamedTuple):
    """A range inside a strip: where it starts and how wide it is, as fractions of the strip.

    ``first`` and ``last`` are clipped to the strip; ``text`` names the addresses, ``owner`` who has them.
    ``lane`` counts from 0: bars that overlap stand in different lanes. ``collides`` says that a finding
    speaks of it.
    """

    kind: str
    owner: str
    text: str
    first: int
    last: int
    start: float
    width: float
    lane: int
    collides: bool
    default: bool


class Strip(NamedTuple):
    """One block of address space; ``title`` names it, ``bars`` are in order of address."""

    space: Network
    title: str
    bars: tuple[Bar, ...]

    @property
    def lanes(self) -> int:
        """How many lanes the bars need."""
        return 1 + max((bar.lane for bar in self.bars), default=0)


class Magnified(NamedTuple):
    """A collision at a scale at which both can be seen: a strip of its own, and what the two share."""

    strip: Strip
    shared: Network
    ours: str
    theirs: str
    severity: str
    message: str

    @property
    def start(self) -> float:
        """Where what they share begins, as a fraction of the strip."""
        return (self.shared.first - self.strip.space.first) / self.strip.space.size

    @property
    def width(self) -> float:
        """How wide it is, as a fraction of the strip."""
        return self.shared.size / self.strip.space.size


class Picture(NamedTuple):
    """Everything there is to draw; ``left_out`` counts ranges and collisions beyond what can be looked at."""

    strips: tuple[Strip, ...]
    collisions: tuple[Magnified, ...]
    kinds: tuple[str, ...]
    left_out: int = 0


def draw(facts: Facts) -> Picture:
    """The picture of what a config.yaml and the command line occupy."""
    every = grouped(everything(facts))
    ranges = every[:MOST_RANGES]
    touching = _collisions(ranges)
    marked = {id(entry) for pair in touching for entry in pair[:2]}
    shown = [entry for entry in ranges if entry.kind not in _QUIET or id(entry) in marked or _near(entry)]
    strips = tuple(_strips(shown, marked))
    magnified = tuple(_magnified(*pair) for pair in touching[:MOST_COLLISIONS])
    kinds = tuple(kind for kind in TITLES if any(bar.kind == kind for strip in strips for bar in strip.bars))
    left_out = len(every) - len(ranges) + len(touching) - len(magnified)
    return Picture(strips, magnified, kinds, left_out)


def everything(facts: Facts) -> list[Range]:
    """Every range that is known, Calico's pool first."""
    ranges = [facts.cidr.range] if facts.cidr is not None else []
    for entry in present_ranges(facts):
        is_pool = entry.kind == "pool"
        ranges.append(entry._replace(owner=entry.owner.removeprefix("the ")) if is_pool else entry)
    return ranges


def grouped(ranges: Iterable[Range]) -> list[Range]:
    """Single addresses of one kind that are neighbours become one range: 10,000 agents are a few bars."""
    result: list[Range] = []
    addresses: dict[tuple[str, str], list[Range]] = {}
    for entry in ranges:
        if entry.kind in _ADDRESSES and entry.first == entry.last:
            owner = entry.owner if entry.kind in ("service", "dns") else entry.kind
            addresses.setdefault((entry.kind, owner), []).append(entry)
        else:
            result.append(entry)
    for (kind, owner), entries in addresses.items():
        entries.sort(key=lambda entry: entry.first)
        close = _CLOSE
        runs = _runs(entries, close)
        while len(runs) > _MOST_RUNS:
            close *= 4
            runs = _runs(entries, close)
        result.extend(_run(kind, owner, run) for run in runs)
    return result


def _runs(entries: Sequence[Range], close: int) -> list[list[Range]]:
    """Sorted addresses in runs with no gap wider than ``close``."""
    runs: list[list[Range]] = []
    for entry in entries:
        if runs and entry.first - runs[-1][-1].last <= close:
            runs[-1].append(entry)
        else:
            runs.append([entry])
    return runs


def _run(kind: str, owner: str, run: Sequence[Range]) -> Range:
    first, last = run[0], run[-1]
    count = len({entry.first for entry in run})
    name = owner if kind in ("service", "dns") else f"{count:,} {kind}{'s' if count != 1 else ''}"
    text = (
        address_text(first.first) if count == 1 else f"{address_text(first.first)}-{address_text(last.last)}"
    )
    return Range(first.first, last.last, kind, name, first.origin, first.path, text)


def _near(entry: Range) -> bool:
    """Quiet ranges are drawn where they are in private space; the rest of the world has none to show."""
    spaces = (*known_ranges.PRIVATE, known_ranges.SHARED_SPACE)
    return any(space.first <= entry.first and entry.last <= space.last for space in spaces)


def _collisions(ranges: Sequence[Range]) -> list[tuple[Range, Range, str]]:
    """Pairs that share addresses and should not: each pair of Calico, the overlay and everything else."""
    actors = [entry for entry in ranges if entry.kind in ("calico", "overlay", "vtep")]
    found: list[tuple[Range, Range, str]] = []
    seen: set[frozenset[int]] = set()
    for ours in actors:
        for theirs in ranges:
            if theirs is ours or not (ours.first <= theirs.last and theirs.first <= ours.last):
                continue
            pair = frozenset((id(ours), id(theirs)))
            if pair in seen or (
                theirs.kind == "pool" and (theirs.first, theirs.last) == (ours.first, ours.last)
            ):
                continue
            seen.add(pair)
            severity = _severity(ours, theirs)
            if severity:
                found.append((ours, theirs, severity))
    order = {"error": 0, "warning": 1, "info": 2}
    found.sort(key=lambda item: (order[item[2]], item[0].first))
    return found


def _severity(ours: Range, theirs: Range) -> str:
    """How bad it is, in the words of the rules; empty where it is nothing."""
    if ours.origin == "default" and theirs.origin == "default":
        return "info"
    if ours.kind == "calico":
        return str(severity_in_pool(theirs.kind))
    if theirs.kind == "calico":
        return "error"
    if ours.kind == theirs.kind == "overlay":
        return "error"
    return "" if theirs.kind == "docker-pool" else "warning"


def _strips(ranges: Sequence[Range], marked: set[int]) -> list[Strip]:
    """One strip for each occupied block: the private spaces, and /8s (or wider) for what lies elsewhere."""
    spaces = [space.network for space in (*known_ranges.PRIVATE, known_ranges.SHARED_SPACE)]
    outside = [
        _block(entry)
        for entry in ranges
        if not any(space.first <= entry.first and entry.last <= space.last for space in spaces)
    ]
    blocks = [space for space in spaces if not any(other.overlaps(space) for other in outside)]
    blocks += merged(outside)
    strips: list[Strip] = []
    for space in sorted(blocks):
        inside = [entry for entry in ranges if entry.first <= space.last and space.first <= entry.last]
        if inside:
            strips.append(Strip(space, _title(space), _bars(space, inside, marked)))
    return strips


def _block(entry: Range) -> Network:
    """The block of space around a range: a /20 at least, a /8 at most unless the range itself is larger."""
    prefix = 8
    while prefix < 20 and entry.last - entry.first + 1 < 1 << (32 - prefix - 6):
        prefix += 4
    size = 1 << (32 - prefix)
    return Network(entry.first // size * size, entry.last // size * size + size - 1)


def _title(space: Network) -> str:
    for known in (*known_ranges.PRIVATE, known_ranges.SHARED_SPACE):
        if known.network == space:
            return f"{text_of(*space)}"
    return text_of(*space)


def _bars(space: Network, ranges: Sequence[Range], marked: set[int]) -> tuple[Bar, ...]:
    bars: list[Bar] = []
    ends: list[int] = []
    least = space.size // 400
    for entry in sorted(ranges, key=lambda item: (item.first, -item.last)):
        first, last = max(entry.first, space.first), min(entry.last, space.last)
        reach = max(last, first + least)
        lane = next((index for index, end in enumerate(ends) if end < first), len(ends))
        if lane == len(ends):
            ends.append(reach)
        else:
            ends[lane] = reach
        bars.append(
            Bar(
                entry.kind,
                entry.owner,
                str(entry),
                first,
                last,
                (first - space.first) / space.size,
                (last - first + 1) / space.size,
                lane,
                id(entry) in marked,
                entry.origin == "default",
            )
        )
    return tuple(bars)


def _magnified(ours: Range, theirs: Range, severity: str) -> Magnified:
    """A strip around what the two share, wide enough to show where each ends, where that can be seen."""
    shared = Network(max(ours.first, theirs.first), min(ours.last, theirs.last))
    smaller = min(ours.last - ours.first, theirs.last - theirs.first) + 1
    size = max(16, 1 << (smaller * 2 - 1).bit_length())
    first = shared.first // size * size
    last = first + size - 1
    while last < shared.last:
        last += size
    space = Network(max(first - size // 2, 0), min(last + size // 2, (1 << 32) - 1))
    bars = _bars(space, [ours, theirs], {id(ours), id(theirs)})
    verb = text_of(*shared)
    return Magnified(
        Strip(space, text_of(*space), bars),
        shared,
        f"{ours.owner} {ours}" if str(ours) not in ours.owner else ours.owner,
        f"{theirs.owner} {theirs}" if str(theirs) not in theirs.owner else theirs.owner,
        severity,
        f"both have {verb}",
    )
