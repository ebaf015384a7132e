"""Parses a mustache template into a tree, with offsets, exactly as mustache.java reads it.

The line rules are those of ``spullara/mustache.java MustacheParser.java`` (0.9.2 and 0.9.6 agree): a section
tag alone on its line takes the line with it only where the section spans lines, a newline right after an
opening tag disappears, a lone carriage return disappears, and a comment keeps its line's newline. Names may
hold dashes, dots and blanks; a tag that starts with a blank (``{{ #x }}``) is a value named ``#x``.

Not read, and refused with an InputError: partials (``{{>x}}``), because neither the package manager nor the
SDK can find any, and inheritance (``{{<x}}``, ``{{$x}}``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn

from calico_core.errors import InputError
from calico_core.spans import Lines
from calico_migrate.mustache.template import Section, Template, Text, Variable

if TYPE_CHECKING:
    from calico_migrate.mustache.template import Node

# mustache.java nests by recursion; no template that was ever seen nests deeper than six.
MAXIMUM_DEPTH = 100

_LINE_PARTS = re.compile(r"\r|\n|[^\r\n]+")
# What Java's String.trim takes away at both ends.
_CONTROLS = "".join(map(chr, range(33)))
# What a tag begins with that is something else than ``{{name}}``.
_KINDS = frozenset("#^/{&=!%><$")
_REFUSED = {">": "partials", "<": "inheritance", "$": "inheritance"}

# As a named tuple's own constructor makes it, which takes twice as long.
_node = tuple.__new__


class _Level:
    """The state of one nested compilation; the names in the comments are those of MustacheParser.java."""

    __slots__ = (
        "before",
        "close_mark",
        "inverted",
        "iterable",
        "line",
        "name",
        "nodes",
        "only_blanks",
        "open_end",
        "open_mark",
        "pending",
        "saw_return",
        "start",
        "start_of_line",
    )

    def __init__(
        self,
        name: str | None,
        inverted: bool,
        start: int,
        open_end: int,
        marks: tuple[str, str],
        start_of_line: bool,
        line: int,
    ) -> None:
        self.name = name
        self.inverted = inverted
        self.start = start
        self.open_end = open_end
        self.open_mark, self.close_mark = marks
        self.start_of_line = start_of_line
        self.line = line
        # `onlywhitespace`: nothing but blanks and tags so far on this line.
        self.only_blanks = True
        # `iterable`: a newline that now follows belongs to a section tag.
        self.iterable = name is not None
        self.saw_return = False
        # `out`: literal text that is not yet written, in contiguous pieces.
        self.pending: list[Text] = []
        self.nodes: list[Node] = []

    def keep(self, start: int, text: str) -> None:
        pending = self.pending
        if pending:
            last = pending[-1]
            if last.end == start and last.end - last.start == len(last.text):
                pending[-1] = _node(Text, (last.start, start + len(text), last.text + text))
                return
        if text:
            pending.append(_node(Text, (start, start + len(text), text)))

    def write(self) -> None:
        if self.pending:
            self.nodes += self.pending
            self.pending.clear()


def parse(text: str) -> Template:
    """The tree of a template.

    Raises InputError with line and column for a tag that is not closed, does not match, is empty or is of
    a kind that the engines of DC/OS cannot resolve, and for nesting deeper than `MAXIMUM_DEPTH`.
    """
    return _Parser(text).parse()


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.has_returns = "\r" in text
        self._begin()

    def _begin(self) -> None:
        self.line = 0
        self.levels = [_Level(None, False, 0, 0, ("{{", "}}"), True, 0)]

    def parse(self) -> Template:
        if self.has_returns or not self._take():
            self._begin()
            self._read()
        level = self.levels[-1]
        if level.name is not None:
            self._fail(level.start, f"the section {level.name!r} is opened here and never closed")
        level.write()
        return Template(self.text, tuple(level.nodes))

    def _take(self) -> bool:
        """Reads the text in the pieces between its braces; not where a tag changes what begins a tag.

        Answers whether all of it was read.
        """
        literal, *pieces = self.text.split("{{")
        position = 0
        level = self.levels[-1]
        for piece in pieces:
            command, closing, behind = piece.partition("}}")
            kind = command[:1]
            if not closing or kind == "=":
                return False
            start = position + len(literal)
            end = start + len(command) + 4
            name = command.strip(_CONTROLS)
            if kind in _KINDS or not name:
                if literal:
                    self._literal(level, position, literal)
                position = self._marked(level, command, start, end) if name else self._tag(level, start)
                literal = behind[position - end :] if position > end else behind
                level = self.levels[-1]
                continue
            if literal and level.iterable and level.only_blanks and literal[0] == "\n":
                # The newline right behind a section's tag disappears.
                self._end_line(level, 1)
                literal = literal[1:]
                position += 1
            if level.pending or (level.iterable and level.only_blanks):
                if literal:
                    self._literal(level, position, literal)
                level.write()
            elif literal:
                # It is written whatever the line rules say of it, and in one piece.
                level.nodes.append(_node(Text, (position, start, literal)))
                last = literal.rfind("\n") + 1
                if last:
                    self.line += literal.count("\n")
                    level.iterable = False
                    level.only_blanks = not literal[last:].strip(" \t")
                elif level.only_blanks and literal.strip(" \t"):
                    level.only_blanks = False
            level.nodes.append(_node(Variable, (start, end, name, True)))
            level.start_of_line = False
            position, literal = end, behind
        if literal:
            self._literal(level, position, literal)
        return True

    def _read(self) -> None:
        """The tree of a template with whatever tags and delimiters."""
        text = self.text
        position, size = 0, len(text)
        while position < size:
            level = self.levels[-1]
            stop = text.find(level.open_mark, position)
            if stop != position:
                self._literal(level, position, text[position : stop if stop >= 0 else size])
            if stop < 0:
                break
            level.saw_return = False
            position = self._tag(level, stop)

    def _literal(self, level: _Level, start: int, chunk: str) -> None:
        """The text between two tags: only its first newline and its last line meet the line rules."""
        end = start + len(chunk)
        if self.has_returns and "\r" in chunk:
            newlines = chunk.count("\n")
            if not chunk.count("\r") == newlines == chunk.count("\r\n"):
                self._mixed_lines(level, start, end)
                return
        last = chunk.rfind("\n") + 1
        if last:
            if level.iterable and level.only_blanks:
                first = chunk.index("\n") + 1
                content = chunk[:first].rstrip("\r\n")
                if content.strip(" \t"):
                    first = 0
                else:
                    level.keep(start, content)
                level.keep(start + first, chunk[first:last])
            elif level.pending:
                level.keep(start, chunk[:last])
            else:
                level.nodes.append(_node(Text, (start, start + last, chunk[:last])))
            self._end_line(level, chunk.count("\n"))
            start += last
            chunk = chunk[last:]
        if chunk:
            if level.only_blanks and chunk.strip(" \t"):
                level.only_blanks = False
            if level.pending:
                level.keep(start, chunk)
            else:
                level.pending.append(_node(Text, (start, end, chunk)))

    def _mixed_lines(self, level: _Level, start: int, end: int) -> None:
        """Text whose line ends differ, character class by character class as MustacheParser.java reads it."""
        for match in _LINE_PARTS.finditer(self.text, start, end):
            position = match.start()
            if match.group() == "\r":
                level.saw_return = True
            elif match.group() == "\n":
                if not (level.iterable and level.only_blanks):
                    if level.saw_return and self.text.startswith("\r", position - 1):
                        level.keep(position - 1, "\r")
                    elif level.saw_return:
                        level.pending.append(Text(position, position, "\r"))
                    level.keep(position, "\n")
                self._end_line(level, 1)
            else:
                level.saw_return = False
                if match.group().strip(" \t"):
                    level.only_blanks = False
                level.keep(position, match.group())

    def _end_line(self, level: _Level, newlines: int) -> None:
        self.line += newlines
        if level.pending:
            level.write()
        level.iterable = False
        level.only_blanks = True
        level.start_of_line = True

    def _tag(self, level: _Level, start: int) -> int:
        text = self.text
        inside = start + len(level.open_mark)
        stop = text.find(level.close_mark, inside)
        if stop < 0:
            self._fail(start, f"this tag is not closed; write {level.close_mark!r} at its end")
        command = text[inside:stop]
        end = stop + len(level.close_mark)
        if not command:
            self._fail(start, "this tag is empty; give it a name")
        kind = command[0]
        if kind not in _KINDS:
            # A value with no mark of its own: most tags are such.
            name = command.strip(_CONTROLS)
            if not name:
                self._fail(start, "this tag has no name; give it one")
            if level.pending:
                level.write()
            level.nodes.append(Variable(start, end, name, escaped=True))
            level.start_of_line = False
            return end
        return self._marked(level, command, start, end)

    def _marked(self, level: _Level, command: str, start: int, end: int) -> int:
        """A tag with a mark of what it is; answers where it ends."""
        kind, name = command[0], command[1:].strip(_CONTROLS)
        if kind in "#^":
            self._open(level, name, kind == "^", start, end)
            return end
        if kind == "/":
            self._close(level, name, start, end)
            return end
        if kind in _REFUSED:
            tag, use = self.text[start:end], _REFUSED[kind]
            self._fail(start, f"the tag {tag!r} is for {use}, which DC/OS can't resolve here")
        if kind in "{&" and not name:
            self._fail(start, "this tag has no name; give it one")
        level.write()
        if kind == "{":
            end = self._unescaped(level, name, start, end)
        elif kind == "&":
            level.nodes.append(Variable(start, end, name, escaped=False))
        elif kind == "=":
            level.open_mark, level.close_mark = self._delimiters(command, start)
        level.start_of_line = False
        return end

    def _open(self, level: _Level, name: str, inverted: bool, start: int, end: int) -> None:
        if len(self.levels) > MAXIMUM_DEPTH:
            self._fail(start, f"sections nest deeper than {MAXIMUM_DEPTH}")
        self.levels.append(
            _Level(
                name,
                inverted,
                start,
                end,
                (level.open_mark, level.close_mark),
                level.start_of_line and level.only_blanks,
                self.line,
            )
        )

    def _close(self, level: _Level, name: str, start: int, end: int) -> None:
        if level.name is None:
            self._fail(start, f"the section {name!r} is closed here and was never opened")
        if level.name != name:
            opened = Lines(self.text).position(level.start)
            self._fail(
                start,
                f"the section {name!r} is closed here, but {level.name!r} is open"
                f" (since line {opened.line}, column {opened.column})",
            )
        if not (level.start_of_line and level.only_blanks):
            level.write()
        self.levels.pop()
        outer = self.levels[-1]
        lines = self.line - level.line
        if not outer.only_blanks or lines == 0:
            outer.write()
        outer.pending.clear()
        section = (level.start, level.open_end, start, end, name, level.inverted, tuple(level.nodes))
        outer.nodes.append(_node(Section, section))
        outer.iterable = lines != 0
        outer.start_of_line = False

    def _unescaped(self, level: _Level, name: str, start: int, end: int) -> int:
        if len(level.close_mark) < 2:
            self._fail(start, "mustache.java can't read this tag while the delimiters have one character")
        if level.close_mark[1] == "}":
            if not self.text.startswith("}", end):
                self._fail(start, "this tag is not closed; write '}}}' at its end")
            end += 1
        else:
            # Under other delimiters the closing brace is part of the tag's text: <%{name}%>.
            name = name[:-1]
        level.nodes.append(Variable(start, end, name, escaped=False))
        return end

    def _delimiters(self, command: str, start: int) -> tuple[str, str]:
        marks = re.sub(r"[ \t\n\x0b\f\r]+", "", command)
        size = len(marks)
        if size > 6 or size % 2 or size < 4:
            self._fail(start, "these delimiters can't be used; write two of one or two characters")
        return marks[1 : size // 2], marks[size // 2 : size - 1]

    def _fail(self, offset: int, message: str) -> NoReturn:
        place = Lines(self.text).position(offset)
        raise InputError(message, line=place.line, column=place.column)
