"""Taking a JSON document apart with checks: what is wrong is said with its pointer, line and column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from calico_core.errors import InputError
from calico_core.json import scanning
from calico_core.json.locating import Locator
from calico_core.json.pointers import pointer
from calico_core.spans import Lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LARGEST = 1e15
"""JSON knows no bound; amounts, counts and seconds have this one."""


class Place:
    """A value in a document, and the way to it."""

    __slots__ = ("_above", "_step", "value")

    def __init__(self, value: Any, above: Place | tuple[str, str], step: str | int = "") -> None:
        self.value = value
        # The whole document has its text and path there.
        self._above = above
        self._step = step

    @classmethod
    def of(cls, text: str, path: str) -> Place:
        """The whole document; raises InputError where it is no JSON object."""
        try:
            value, end = scanning.scan(text, scanning.begin(text))
            scanning.finish(text, end)
        except InputError as error:
            raise InputError(error.message, path=path, line=error.line, column=error.column) from None
        place = cls(value, (text, path))
        place.object()
        return place

    def __getitem__(self, key: str) -> Place:
        """The value of a key; refused where it is missing."""
        if key not in self.object():
            self.refuse(f"`{key}` is missing")
        return self._below(key, self.value[key])

    def object(self) -> dict[str, Any]:
        """The value, which must be an object."""
        if not isinstance(self.value, dict):
            self.refuse("an object is expected")
        return self.value

    def members(self) -> Iterator[tuple[str, Place]]:
        """The members of an object."""
        for key, value in self.object().items():
            yield key, self._below(key, value)

    def elements(self) -> Iterator[Place]:
        """The elements of an array."""
        if not isinstance(self.value, list):
            self.refuse("an array is expected")
        for index, value in enumerate(self.value):
            yield self._below(index, value)

    def text(self) -> str:
        """The value, which must be a text."""
        if not isinstance(self.value, str):
            self.refuse("a text is expected")
        return str(self.value)

    def text_or_null(self) -> str | None:
        """The value, which must be a text or null."""
        return None if self.value is None else self.text()

    def whole(self, least: int = 0) -> int:
        """The value, which must be a whole number of at least ``least`` that something can be counted to."""
        if not isinstance(self.value, int) or isinstance(self.value, bool) or self.value < least:
            self.refuse(f"a whole number from {least} is expected")
        if self.value > LARGEST:
            self.refuse("this number is too large")
        return int(self.value)

    def number(self) -> float:
        """The value, which must be a number of a size that occurs."""
        if not isinstance(self.value, (int, float)) or isinstance(self.value, bool):
            self.refuse("a number is expected")
        if not abs(self.value) <= LARGEST:
            self.refuse("this number is too large")
        number: float = self.value
        return number

    def truth(self) -> bool:
        """The value, which must be true or false."""
        if not isinstance(self.value, bool):
            self.refuse("true or false is expected")
        return bool(self.value)

    def texts(self, allowed: Callable[[str], bool] = lambda _: True, what: str = "") -> tuple[str, ...]:
        """The elements, which must be texts, each of them ``allowed``."""
        found = []
        for element in self.elements():
            text = element.text()
            if not allowed(text):
                element.refuse(f"{text!r} is {what}")
            found.append(text)
        return tuple(found)

    def refuse(self, message: str) -> NoReturn:
        """Raises InputError with the place."""
        steps: list[str | int] = []
        place = self
        while isinstance(place._above, Place):
            steps.append(place._step)
            place = place._above
        text, path = place._above
        steps.reverse()
        offset = Locator(text, scanning.begin(text)).start(tuple(steps))
        line, column = Lines(text).position(offset)
        where = f"at {pointer(steps)}: " if steps else ""
        raise InputError(f"{where}{message}", path=path, line=line, column=column)

    def _below(self, step: str | int, value: Any) -> Place:
        return Place(value, self, step)
