"""The picture of the address space in a terminal: a line for each strip's lane, a legend below each strip."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calico_config.showing.picture import Bar, Picture, Strip

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_LEAST_WIDTH = 20


def lines(picture: Picture, width: int = 80) -> Iterator[str]:
    """The picture in lines of at most ``width`` characters; a ``!`` marks what collides."""
    columns = max(width - 4, _LEAST_WIDTH)
    for strip in picture.strips:
        yield from _strip(strip, columns)
    for collision in picture.collisions:
        yield ""
        yield f"{collision.severity}: {collision.ours} and {collision.theirs}: {collision.message}"
        yield from _strip(collision.strip, columns)


def _strip(strip: Strip, columns: int) -> Iterator[str]:
    yield ""
    yield strip.title
    names: list[tuple[str, Bar]] = []
    rows = [["·"] * columns for _ in range(strip.lanes)]
    for number, bar in enumerate(strip.bars):
        letter = LETTERS[number % len(LETTERS)]
        names.append((letter, bar))
        start = min(int(bar.start * columns), columns - 1)
        end = max(start + 1, min(round((bar.start + bar.width) * columns), columns))
        rows[bar.lane][start:end] = [letter] * (end - start)
    for row in rows:
        yield "  " + "".join(row)
    for letter, bar in names:
        mark = "!" if bar.collides else " "
        default = (
            " (default)"
            if bar.default and bar.kind in ("calico", "overlay", "vtep", "vips", "bridge")
            else ""
        )
        owner = bar.owner if bar.text in bar.owner else f"{bar.owner}, {bar.text}"
        yield f"  {mark}{letter}  {owner}{default}"
