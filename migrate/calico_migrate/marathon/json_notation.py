"""A definition in JSON: its places, found in the text, and changes in the style around."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from calico_core.json import scanning, styling
from calico_core.json.locating import Locator
from calico_migrate.marathon.notation import Change

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from calico_core.json.pointers import Path
    from calico_core.json.styling import Insertion
    from calico_core.spans import Span
    from calico_migrate.marathon.notation import Adopted


# There are few new names.
_quoted = lru_cache(maxsize=64)(json.dumps)


class JsonNotation:
    """See `calico_migrate.marathon.notation.Notation`.

    ``inside`` leads from the value that begins at ``start`` to the definition; ``end`` is behind that value,
    or negative where a word may be spelled in two ways. ``mentions`` are the places at which old names stand
    in it as words, where that is known.
    """

    __slots__ = ("_end", "_found", "_inside", "_mentions", "_quoted", "_start", "_text")

    def __init__(
        self, text: str, start: int, end: int, inside: Path, mentions: Sequence[int] | None = None
    ) -> None:
        self._mentions = mentions
        self._inside = inside
        self._text = text
        self._start = start
        self._end = end
        self._found: Locator | None = None
        # The word that was looked for last, and where it stands.
        self._quoted: tuple[str, list[int]] | None = None

    @property
    def _locator(self) -> Locator:
        if self._found is None:
            self._found = Locator(self._text, self._start, self._end)
        return self._found

    def offset(self, path: Path) -> int:
        """Where the value begins."""
        return self._locator.start(self._inside + path)

    def rename(self, path: Path, old: str, new: str) -> Change:
        """Found without a look around where the old name leaves no doubt of its place."""
        if self._end >= 0 and scanning.is_plain(old):
            place = self._place_of(path[-1], old)
            if place >= 0:
                return Change(place, place + len(old) + 2, _quoted(new))
        return Change(*self._locator.span(self._inside + path), _quoted(new))

    def _place_of(self, key: str | int, word: str) -> int:
        """The offset of a plain word that is a key's value or an element, -1 where that is not certain."""
        if self._quoted is None or self._quoted[0] != word:
            self._quoted = word, self._places_of(word)
        found = self._quoted[1]
        if len(found) < 2:
            return found[0] if found else -1
        fitting = -1
        for place in found:
            if scanning.may_follow(self._text, place, key):
                if fitting >= 0:
                    # A second one leaves a doubt, however many more there are.
                    return -1
                fitting = place
        return fitting

    def _places_of(self, word: str) -> list[int]:
        """The offsets of the texts that are a plain word."""
        if self._mentions is None:
            return scanning.quoted(self._text, word, self._start, self._end)
        text, quoted, found = self._text, f'"{word}"', []
        for mention in self._mentions:
            place = mention - 1
            if text.startswith(quoted, place) and text[place - 1] != "\\":
                found.append(place)
        return found

    def replace(self, path: Path, value: Any) -> Change:
        """Laid out like what is around."""
        at = self._inside + path
        return Change(*self._locator.span(at), styling.laid_out(self._locator, at[:-1], value))

    def insert(self, path: Path, key: str, value: Any, *, after: str) -> Change:
        """With the separators of its neighbours."""
        at = self._inside + path
        new = styling.laid_out(self._locator, at, value)
        return _inserted(styling.new_member(self._locator, at, key, new, after=after))

    def append_member(self, path: Path, key: str, value: Any) -> Change:
        """With the separators of its neighbours."""
        return self._append(path, key, styling.laid_out(self._locator, self._inside + path, value))

    def _append(self, path: Path, key: str, new: str) -> Change:
        locator, at = self._locator, self._inside + path
        members = locator.members(at)
        if members:
            return _inserted(styling.new_member(locator, at, key, new, after=members[-1].key))
        comma, colon = styling.separators(locator, at)
        place = locator.start(at) + 1
        return Change(place, place, f"{comma}{json.dumps(key, ensure_ascii=False)}{colon}{new}")

    def append_elements(self, path: Path, values: Sequence[Any]) -> Change:
        """Separated as the elements before."""
        locator, at = self._locator, self._inside + path
        found = [styling.new_element(locator, at, styling.laid_out(locator, at, value)) for value in values]
        place = found[0].offset
        return Change(place, place, "".join(each.text for each in found))

    def extend(self, path: Path, members: dict[str, Any]) -> Change:
        """With the separators of the last member."""
        locator, at = self._locator, self._inside + path
        last = locator.members(at)[-1]
        text = "".join(
            styling.new_member(locator, at, key, json.dumps(value, ensure_ascii=False), after=last.key).text
            for key, value in members.items()
        )
        return Change(last.end, last.end, text)

    def adopt(self, path: Path, key: str, members: Sequence[Adopted]) -> Change:
        """As each member is written where it comes from."""
        locator, at = self._locator, self._inside + path
        added = []
        for member in members:
            place = locator.member((*self._inside, *member.path, member.key))
            added.append(locator.text[place.key_start : place.end])
        comma, _ = styling.separators(locator, at)
        whole = "{" + comma.join(added) + "}"
        if not any(member.key == key for member in locator.members(at)):
            return self._append(path, key, whole)
        held = locator.span((*at, key))
        if locator.text[held.start] != "{" or not locator.members((*at, key)):
            return Change(*held, whole)
        last = locator.members((*at, key))[-1]
        between = styling.new_member(locator, (*at, key), "", "", after=last.key).text
        # The separator is what stands in front of the empty member's key.
        separator = between[: between.index('""')]
        return Change(last.end, last.end, "".join(separator + pair for pair in added))

    def take_element(self, path: Path, index: int) -> Change:
        """One element and the comma in front of it: something that stays stands before."""
        elements = self._locator.elements(self._inside + path)
        return Change(elements[index - 1].end, elements[index].end, "")

    def cut_elements(self, path: Path, removed: Collection[int]) -> list[Change]:
        """With their commas; nothing is left of their lines."""
        return self._cut(path, self._locator.elements(self._inside + path), removed)

    def cut_members(self, path: Path, removed: Collection[str]) -> list[Change]:
        """With their commas; nothing is left of their lines."""
        members = self._locator.members(self._inside + path)
        indices = {index for index, member in enumerate(members) if member.key in removed}
        return self._cut(path, [member.whole for member in members], indices)

    def _cut(self, path: Path, parts: Sequence[Span], removed: Collection[int]) -> list[Change]:
        if len(removed) == len(parts):
            start, end = self._locator.span(self._inside + path)
            return [Change(start + 1, end - 1, "")]
        return [Change(*span, "") for span in styling.without(parts, removed)]


def _inserted(insertion: Insertion) -> Change:
    return Change(insertion.offset, insertion.offset, insertion.text)
