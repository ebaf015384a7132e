"""A plain, slow renderer for comparison: one pass over the characters for each section, no offsets kept.

It follows mustache.java's parser rule by rule and renders while it reads, so that it shares neither the
tree nor the record of origins with the renderer under test.
"""

from __future__ import annotations

from typing import Any


class UnreadableError(Exception):
    """The template is no mustache."""


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.line = 0

    def next(self) -> str:
        if self.position >= len(self.text):
            return ""
        self.position += 1
        return self.text[self.position - 1]


def render(text: str, values: dict[str, Any], escape: Any, show: Any) -> str:
    """The rendered text; ``escape`` and ``show`` say how a value becomes text."""
    program = _compile(_Reader(text), None, True)
    return "".join(_run(program, [values], escape, show))


def _compile(reader: _Reader, tag: str | None, start_of_line: bool) -> list[tuple[Any, ...]]:
    program: list[tuple[Any, ...]] = []
    out = ""
    blank, iterable, returned = True, tag is not None, False
    while (character := reader.next()) != "":
        if character == "\r":
            returned = True
            continue
        if character == "\n":
            reader.line += 1
            if not iterable or not blank:
                out += "\r\n" if returned else "\n"
            program.append(("text", out))
            out, iterable, blank, start_of_line = "", False, True, True
            continue
        returned = False
        if character == "{" and reader.text.startswith("{", reader.position):
            reader.next()
            end = reader.text.find("}}", reader.position)
            if end < 0:
                raise UnreadableError
            command = reader.text[reader.position : end]
            reader.position = end + 2
            if not command.strip():
                raise UnreadableError
            kind, name = command[0], command[1:].strip()
            if kind in "#^":
                start_of_line = start_of_line and blank
                line = reader.line
                body = _compile(reader, name, start_of_line)
                lines = reader.line - line
                if not blank or lines == 0:
                    program.append(("text", out))
                out = ""
                program.append((kind, name, body))
                iterable = lines != 0
            elif kind == "/":
                if not start_of_line or not blank:
                    program.append(("text", out))
                if name != tag:
                    raise UnreadableError
                return program
            else:
                program.append(("text", out))
                out = ""
                if kind == "{":
                    if reader.next() != "}":
                        raise UnreadableError
                    program.append(("raw", name))
                elif kind == "&":
                    program.append(("raw", name))
                elif kind == "!":
                    pass
                else:
                    program.append(("value", command.strip()))
                if kind in "{&" and not name:
                    raise UnreadableError
            start_of_line = False
            continue
        blank = blank and character in " \t"
        out += character
    program.append(("text", out))
    if tag is not None:
        raise UnreadableError
    return program


def _run(program: list[tuple[Any, ...]], scopes: list[Any], escape: Any, show: Any) -> list[str]:
    out: list[str] = []
    for step in program:
        if step[0] == "text":
            out.append(step[1])
            continue
        value = _find(step[1], scopes)
        if step[0] == "raw":
            out.append("" if value is None else show(value))
        elif step[0] == "value":
            out.append("" if value is None else escape(show(value)))
        elif step[0] == "^":
            if value is None or value is False or value in ("", []):
                out += _run(step[2], scopes, escape, show)
        elif isinstance(value, list):
            for item in value:
                out += _run(step[2], scopes if item is None else [*scopes, item], escape, show)
        elif not (value is None or value is False or value == ""):
            out += _run(step[2], [*scopes, value], escape, show)
    return out


def _find(name: str, scopes: list[Any]) -> Any:
    if name == ".":
        return scopes[-1]
    for scope in reversed(scopes):
        if isinstance(scope, dict) and name in scope:
            return scope[name]
        first, dot, rest = name.partition(".")
        if dot and isinstance(scope, dict) and first in scope:
            inner = scope[first]
            parts = rest.split(".")
            for part in parts[:-1]:
                if not isinstance(inner, dict) or part not in inner:
                    break
                inner = inner[part]
            else:
                return inner.get(parts[-1]) if isinstance(inner, dict) else None
            if inner is None:
                return None
    return None
