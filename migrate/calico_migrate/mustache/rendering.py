"""A rendered text and where each part of it came from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from calico_core.spans import Span
from calico_migrate.mustache.template import Section, Text, Variable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# What a part of the rendered text came from: literal text, a value tag, or a section that a lambda replaced.
Source: TypeAlias = "Text | Variable | Section"


class Origin(NamedTuple):
    """Where a span of a rendered text came from.

    ``spans`` are the literal parts as spans of the template, in the order of the rendered text, joined
    where they touch; ``tags`` the tags whose values are among it (a Section stands for what a lambda made
    of it). A span of text that is not in the template, such as an added carriage return, has neither.
    """

    spans: tuple[Span, ...]
    tags: tuple[Variable | Section, ...]

    @property
    def span(self) -> Span | None:
        """The one span of the template that this is a copy of, or None: it came from a tag, or in pieces."""
        return self.spans[0] if len(self.spans) == 1 and not self.tags else None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the tags that it came from, each once."""
        return tuple(dict.fromkeys(tag.name for tag in self.tags))


class Rendering:
    """A rendered text with the record of its origins, kept as segments.

    ``missing`` has the names of the value tags that nothing answered to; they are rendered as empty.
    """

    __slots__ = ("_starts", "missing", "parts", "sources", "text")

    def __init__(self, parts: Sequence[str], sources: Sequence[Source], missing: Sequence[str] = ()) -> None:
        self.text = "".join(parts)
        self.parts = parts
        self.sources = sources
        self.missing = tuple(dict.fromkeys(missing))
        self._starts: list[int] | None = None

    @property
    def starts(self) -> list[int]:
        """The offset in the rendered text at which each part starts."""
        if self._starts is None:
            self._starts = [0, *accumulate(map(len, self.parts))][:-1]
        return self._starts

    def origin(self, start: int, end: int) -> Origin:
        """Where ``text[start:end]`` came from; an empty span has no origin."""
        spans: list[Span] = []
        tags: list[Variable | Section] = []
        starts = self.starts
        index = max(bisect_right(starts, start) - 1, 0)
        while index < len(starts) and starts[index] < end:
            first = starts[index]
            part = self.parts[index]
            low, high = max(start - first, 0), min(end - first, len(part))
            if low < high:
                source = self.sources[index]
                if not isinstance(source, Text):
                    tags.append(source)
                elif source.start < source.end:
                    piece = Span(source.start + low, source.start + high)
                    if spans and spans[-1].end == piece.start:
                        spans[-1] = Span(spans[-1].start, piece.end)
                    else:
                        spans.append(piece)
            index += 1
        return Origin(tuple(spans), tuple(tags))

    def places(self, spans: Iterable[Span]) -> dict[Span, list[Span]]:
        """Where the literal text at spans of the template stands in the rendered text, as often as it does.

        Only copies in one piece count; a span that the rendering cuts or leaves out has none.
        """
        wanted = sorted(set(spans))
        found: dict[Span, list[Span]] = {span: [] for span in wanted}
        for first, source in zip(self.starts, self.sources, strict=True):
            if not isinstance(source, Text):
                continue
            index = bisect_left(wanted, (source.start,))
            while index < len(wanted) and wanted[index].start < source.end:
                span = wanted[index]
                if span.end <= source.end:
                    shift = first - source.start
                    found[span].append(Span(span.start + shift, span.end + shift))
                index += 1
        return found
