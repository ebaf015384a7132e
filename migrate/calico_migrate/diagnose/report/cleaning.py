"""What is quoted from a bundle, made fit to be shown: no secrets, one line, no control characters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from calico_core.legible import escaped, legible
from calico_core.secrets import blotted

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_QUOTE = 200
_HEAD = 60
_ADDRESS = re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def quote(text: str, focus: str = "") -> str:
    """A line of a bundle as evidence: blotted as a whole, then cut to 200 characters around ``focus``."""
    shown = escaped(blotted(text))
    if len(shown) > LONGEST_QUOTE:
        at = shown.find(escaped(focus)) if focus else -1
        if at > LONGEST_QUOTE // 2:
            shown = f"{shown[:_HEAD]}… {shown[at - 10 :]}"
    return legible(shown, LONGEST_QUOTE)


def sentence(text: str) -> str:
    """A sentence of a rule, which may name what stands in the bundle."""
    return escaped(blotted(text))


class Anonymiser:
    """Puts made-up addresses and names in the place of real ones, each always the same within a report.

    Addresses become ones of 198.18.0.0/15, which no network uses; masks and what is special (0.0.0.0,
    127.0.0.1) stay. ``names`` are the names of apps, hosts and pools that are replaced too.
    """

    def __init__(self, names: Iterable[str]) -> None:
        ordered = sorted({name for name in names if len(name) > 1}, key=lambda name: (-len(name), name))
        self._names = {name: f"name-{number}" for number, name in enumerate(sorted(ordered), 1)}
        self._pattern = re.compile("|".join(re.escape(name) for name in ordered)) if ordered else None
        self._addresses: dict[str, str] = {}

    def text(self, text: str) -> str:
        """A text with everything replaced."""
        if self._pattern is not None:
            text = self._pattern.sub(lambda match: self._names[match[0]], text)
        text = _UUID.sub("00000000-0000-0000-0000-000000000000", text)
        return _ADDRESS.sub(lambda match: self._address(match[0]), text)

    def value(self, value: Any) -> Any:
        """A JSON value with everything replaced in its texts; keys stay."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {key: self.value(each) for key, each in value.items()}
        return [self.value(each) for each in value] if isinstance(value, (list, tuple)) else value

    def _address(self, address: str) -> str:
        if address.startswith(("0.", "127.", "255.")):
            return address
        if address not in self._addresses:
            number = len(self._addresses) + 1
            self._addresses[address] = f"198.{18 + (number >> 16 & 1)}.{number >> 8 & 255}.{number & 255}"
        return self._addresses[address]
