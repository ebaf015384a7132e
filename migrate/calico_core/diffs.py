"""Unified diffs written from known edits, for ``patch`` and ``git apply``.

The edits say what changed, so that no file is compared with itself: ``difflib`` needs minutes for a file of
10 MB, this needs the time to count its lines. As in git, only LF ends a line.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from calico_core.spans import Lines, apply, by_place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from calico_core.spans import Edit

_CONTEXT = 3
_NO_NEWLINE = "\n\\ No newline at end of file\n"


class _Block(NamedTuple):
    """Whole lines ``text[start:end]`` that become ``after``."""

    start: int
    end: int
    after: str


def unified_diff(path: str, text: str, edits: Sequence[Edit], lines: Lines | None = None) -> str:
    """The unified diff, three lines of context, that turns ``text`` into what the edits make of it.

    Empty where there are no edits. ``path`` is the file as the user gave it, ``-`` for standard input;
    ``lines`` are those of the text, where somebody has them already.
    """
    blocks = _blocks(text, edits)
    if not blocks:
        return ""
    parts = [f"--- {_name('a', path)}\n", f"+++ {_name('b', path)}\n"]
    lines = lines or Lines(text)
    shift = 0
    for start, end, hunk in _hunks(text, blocks):
        line = lines.number(start)
        body = _one_line_changed(text, start, end, hunk[0]) if len(hunk) == 1 else None
        if body is not None:
            parts.append(f"@@ -{line},7 +{line + shift},7 @@\n{body}")
            continue
        body, old_count, new_count = _body(text, start, end, hunk)
        parts.append(f"@@ -{_range(line, old_count)} +{_range(line + shift, new_count)} @@\n{body}")
        shift += new_count - old_count
    return "".join(parts)


def _one_line_changed(text: str, start: int, end: int, block: _Block) -> str | None:
    """The lines of the usual hunk, one line that becomes another between three on both sides; else None."""
    if start == block.start or end == block.end:
        return None
    if block.after.count("\n") != 1 or not block.after.endswith("\n"):
        return None
    around = text[start:end].split("\n")
    if len(around) != 8 or around[7]:
        return None
    first, second, third, old, fourth, fifth, sixth, _ = around
    if text[block.start : block.end - 1] != old:
        return None
    return f" {first}\n {second}\n {third}\n-{old}\n+{block.after} {fourth}\n {fifth}\n {sixth}\n"


def _body(text: str, start: int, end: int, hunk: list[_Block]) -> tuple[str, int, int]:
    """The lines of any hunk, and how many it has before and after."""
    parts: list[str] = []
    old_count = new_count = 0
    place = start
    for block in hunk:
        context, same = _marked(" ", text[place : block.start])
        old, removed = _marked("-", text[block.start : block.end])
        new, added = _marked("+", block.after)
        parts += (context, old, new)
        old_count += same + removed
        new_count += same + added
        place = block.end
    context, same = _marked(" ", text[place:end])
    parts.append(context)
    return "".join(parts), old_count + same, new_count + same


def _blocks(text: str, edits: Sequence[Edit]) -> list[_Block]:
    """The whole lines that the edits touch, each run of neighbouring ones as one block."""
    blocks = []
    for start, end, members in _groups(text, edits):
        edit = members[0]
        old, new = text[edit.start : edit.end], edit.replacement
        if len(members) == 1 and old != new and "\n" not in old and "\n" not in new:
            # One line becomes one line: most edits are such.
            blocks.append(_Block(start, end, f"{text[start : edit.start]}{new}{text[edit.end : end]}"))
            continue
        block = _Block(start, end, apply(text, members, start, end))
        if _has_several_lines(text[start:end]) or _has_several_lines(block.after):
            block = _trimmed(text, block)
        if text[block.start : block.end] != block.after:
            blocks.append(block)
    return blocks


def _groups(text: str, edits: Sequence[Edit]) -> Iterator[tuple[int, int, list[Edit]]]:
    """The edits that touch the same lines, and where these lines begin and end.

    No search looks into the lines of the group at hand again: they may be the whole text.
    """
    start = end = 0
    members: list[Edit] = []
    for edit in sorted(edits, key=by_place):
        # Behind the last line comes no other: what is inserted there may continue it.
        if members and (edit.start < end or end == len(text)):
            if edit.end >= end:
                end = text.find("\n", edit.end) + 1 or len(text)
            members.append(edit)
            continue
        if members:
            yield start, end, members
        start, members = max(text.rfind("\n", end, edit.start) + 1, end), [edit]
        end = edit.end if _is_whole_lines(text, start, edit) else text.find("\n", edit.end) + 1 or len(text)
    if members:
        yield start, end, members


def _is_whole_lines(text: str, start: int, edit: Edit) -> bool:
    """Whether an edit turns whole lines, the first at ``start``, into whole lines or into nothing."""
    return (
        edit.end > edit.start == start
        and text[edit.end - 1] == "\n"
        and (not edit.replacement or edit.replacement.endswith("\n"))
    )


def _has_several_lines(lines: str) -> bool:
    return 0 <= lines.find("\n") < len(lines) - 1


def _trimmed(text: str, block: _Block) -> _Block:
    """The block without the whole lines at its ends that stay as they are."""
    old, new = _split(text[block.start : block.end]), _split(block.after)
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return _Block(
        block.start + sum(map(len, old[:head])),
        block.end - sum(map(len, old[len(old) - tail :])),
        "".join(new[head : len(new) - tail]),
    )


def _hunks(text: str, blocks: list[_Block]) -> Iterator[tuple[int, int, list[_Block]]]:
    """Where each hunk begins and ends, and its blocks; those whose contexts touch or overlap share one."""
    start, end, hunk = 0, -1, list[_Block]()
    for block in blocks:
        before = _lines_back(text, block.start)
        if hunk and before > end:
            yield start, end, hunk
            hunk = []
        if not hunk:
            start = before
        hunk.append(block)
        end = _lines_on(text, block.end)
    if hunk:
        yield start, end, hunk


def _lines_back(text: str, offset: int) -> int:
    """Where the context before a line start begins."""
    for _ in range(_CONTEXT):
        if offset == 0:
            break
        offset = text.rfind("\n", 0, offset - 1) + 1
    return offset


def _lines_on(text: str, offset: int) -> int:
    """Where the context after a line end ends."""
    for _ in range(_CONTEXT):
        offset = text.find("\n", offset) + 1 or len(text)
    return offset


def _split(text: str) -> list[str]:
    """The lines with their ends; unlike ``str.splitlines``, only LF ends one."""
    lines = text.split("\n")
    last = lines.pop()
    return [line + "\n" for line in lines] + ([last] if last else [])


def _marked(mark: str, lines: str) -> tuple[str, int]:
    """Whole lines, each behind the mark, and how many they are."""
    if not lines:
        return "", 0
    count = lines.count("\n")
    if count == 1 and lines.endswith("\n"):
        return mark + lines, 1
    body, ending = (lines[:-1], "\n") if lines.endswith("\n") else (lines, _NO_NEWLINE)
    return f"{mark}{body.replace(chr(10), chr(10) + mark)}{ending}", count + (ending != "\n")


def _range(line: int, count: int) -> str:
    """A hunk's range; an empty one names the line before it."""
    if count == 0:
        line -= 1
    return str(line) if count == 1 else f"{line},{count}"


def _name(side: str, path: str) -> str:
    """A file's name in the header, quoted as git does it where it has special characters."""
    name = "stdin" if path == "-" else path
    while name.startswith("./"):
        name = name[2:]
    name = f"{side}/{name.lstrip('/')}"
    if any(char in '"\\' or _is_special(char) for char in name):
        named = {"\t": "\\t", "\n": "\\n", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
        return f'"{"".join(named.get(char) or _octal(char) for char in name)}"'
    # A tab ends the name for both programs where it holds a blank.
    return name + ("\t" if " " in name else "")


def _is_special(char: str) -> bool:
    """Whether a character cannot stand in a name as it is: it drives a terminal, or is no character."""
    return ord(char) < 32 or 127 <= ord(char) < 160 or 0xD800 <= ord(char) < 0xE000


def _octal(char: str) -> str:
    """The bytes of a special character, as git writes them."""
    if not _is_special(char):
        return char
    return "".join(f"\\{byte:03o}" for byte in os.fsencode(char))
