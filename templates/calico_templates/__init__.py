"""Mustache templates for generated files and pages, and the one function that renders them.

A template says for every value where it stands. In a page (``*.html.mustache``) that is plain ``{{value}}``,
which chevron escapes for HTML text and double-quoted attributes. Everywhere else it is
``{{&CONTEXT.value}}``, where CONTEXT is one of

* ``sh``: one word of a POSIX shell, in single quotes;
* ``yaml``: a YAML scalar in double quotes (which is a JSON string);
* ``comment``: the rest of a comment line of a shell script or a YAML file;
* ``code``: inside a Markdown code span or code block;
* ``md``: running Markdown text;
* ``raw``: a text that has been made for this very place, such as another rendered template.

A value that a template names and nobody gave is an error, never an empty string.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def render(name: str, values: Mapping[str, Any]) -> str:
    """The template ``name`` (``network/ippool.yaml.mustache``) filled in with ``values``.

    Values are strings, numbers, booleans, and lists and mappings of them for sections. Raises LookupError
    where the template names a value that is not there, and ValueError where one cannot stand in its place
    (a line break in a comment, a NUL byte in a shell word).
    """
    import chevron

    try:
        rendered: str = chevron.render(
            _template(name), scopes=[_with_contexts(values), _Nothing(name)], partials_path=None
        )
    except _MisplacedError as error:
        raise ValueError(str(error)) from error
    except _AbsentError as error:
        raise LookupError(str(error)) from error
    return rendered


def quote_shell(text: str) -> str:
    """``text`` as exactly one word of a POSIX shell, in single quotes, whatever characters it has."""
    if "\0" in text:
        raise ValueError("a shell word cannot hold a NUL byte")
    return "'" + text.replace("'", "'\\''") + "'"


def quote_yaml(text: str) -> str:
    """``text`` as a YAML scalar in double quotes; what it looks like never changes its type."""
    import json

    return json.dumps(text, ensure_ascii=True)


def escape_markdown(text: str) -> str:
    """``text`` for running Markdown: punctuation that Markdown reads is escaped, line breaks are blanks."""
    plain = " ".join(text.split())
    return "".join("\\" + char if char in _MARKDOWN_PUNCTUATION else char for char in plain)


def _comment(text: str) -> str:
    return _one_line(text, "a comment")


def _code(text: str) -> str:
    if "`" in text:
        raise ValueError(f"a code span cannot hold a backtick: {text!r}")
    return _one_line(text, "a code span")


def _one_line(text: str, place: str) -> str:
    if not text.isprintable():
        raise ValueError(f"{place} holds one line of printable characters, not {text!r}")
    return text


def _raw(text: str) -> str:
    return text


_MARKDOWN_PUNCTUATION = frozenset("\\`*_[]<>#|~&")

_CONTEXTS: dict[str, Callable[[str], str]] = {
    "sh": quote_shell,
    "yaml": quote_yaml,
    "comment": _comment,
    "code": _code,
    "md": escape_markdown,
    "raw": _raw,
}


class _Escaped:
    """A scope's values, escaped for one context when they are asked for."""

    __slots__ = ("_escape", "_values")

    def __init__(self, values: Mapping[str, Any], escape: Callable[[str], str]) -> None:
        self._values = values
        self._escape = escape

    def __getitem__(self, key: str) -> str:
        value = self._values[key]
        if isinstance(value, bool):
            value = "true" if value else "false"
        if not isinstance(value, (str, int)):
            raise TypeError(f"{key} is {type(value).__name__}, which cannot be written as one value")
        try:
            return self._escape(str(value))
        except ValueError as error:
            # chevron takes a ValueError for a missing key and would go on without the value.
            raise _MisplacedError(f"{key}: {error}") from error


class _MisplacedError(Exception):
    """A value that cannot stand where the template has it."""


class _Nothing:
    """The outermost scope: whoever asks it has a template and values that do not fit together."""

    def __init__(self, template: str) -> None:
        self._template = template

    def __getitem__(self, key: str) -> NoReturn:
        raise _AbsentError(f"template {self._template} names a value that nobody gave (at {key!r})")


class _AbsentError(Exception):
    """A value that the template names and nobody gave."""


def _with_contexts(values: Mapping[str, Any]) -> dict[str, Any]:
    scope: dict[str, Any] = {key: _nested(value) for key, value in values.items()}
    for context, escape in _CONTEXTS.items():
        scope[context] = _Escaped(values, escape)
    return scope


def _nested(value: Any) -> Any:
    from collections.abc import Mapping

    if isinstance(value, Mapping):
        return _with_contexts(value)
    if isinstance(value, (list, tuple)):
        return [_nested(item) for item in value]
    return value


@cache
def _template(name: str) -> str:
    from importlib.resources import files

    return files(__name__).joinpath(*name.split("/")).read_text(encoding="utf-8")
