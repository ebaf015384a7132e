"""Reads a DC/OS ``config.yaml`` as the installer reads it, and keeps where everything stands.

The values are PyYAML's (YAML 1.1, the last of several equal keys wins, merge keys), the texts those that the
installer makes of them (``gen/__init__.py`` ``stringify_configuration``), the places those of the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_config.document.document import ConfigDocument, OddKey, Problem, Setting

if TYPE_CHECKING:
    from calico_config.document.composing import Refusal
    from calico_config.document.values import NodeError, Pair
    from calico_core.yaml.nodes import Node

MAX_SIZE = 1_000_000
"""A larger file is refused; the largest real config.yaml has 8 kB."""


def read_config(data: str | bytes) -> ConfigDocument:
    """Reads a config.yaml. Never raises for what is in it: see `ConfigDocument.problem`.

    Bytes are UTF-8, else Latin-1 (the installer dies of either where a byte is not ASCII).
    """
    text, encoding = (data, "utf-8") if isinstance(data, str) else _decode(data)
    document = ConfigDocument(text, encoding)
    if len(data) > MAX_SIZE:
        document.problem = Problem(
            "too-large", f"the file has {len(data):,} bytes; a config.yaml has at most {MAX_SIZE:,}"
        )
        return document
    if not text.isascii():
        place = next(index for index, character in enumerate(text) if character > "\x7f")
        document.first_non_ascii = document.span(place, place + 1)
    _fill(document)
    return document


def _decode(data: bytes) -> tuple[str, str]:
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("latin-1"), "latin-1"


def _fill(document: ConfigDocument) -> None:
    from calico_config.document.composing import Refusal, compose

    composed = compose(document.text)
    if composed is None:
        document.problem = Problem("empty", "the file holds no settings, at most comments")
        return
    if isinstance(composed, Refusal):
        document.problem = _problem(document, composed)
        _find_placeholders(document)
        return
    document.root = composed
    _construct(document, composed)
    _find_placeholders(document)


def _problem(document: ConfigDocument, refusal: Refusal) -> Problem:
    line, column = document.line_column(min(refusal.offset, len(document.text)))
    kind = refusal.reason
    message = refusal.message
    if kind == "not-yaml":
        if "'\\t'" in refusal.message or document.text[refusal.offset : refusal.offset + 1] == "\t":
            kind = "tabs"
            message = "a tab stands where YAML allows only spaces"
        else:
            message = f"not YAML: {_one_line(refusal.message)}"
    elif kind == "not-unicode":
        # A lone surrogate in a text that did not come from a file.
        kind, message = "not-yaml", "not a Unicode text"
    elif kind == "two-documents":
        message = "the file holds more than one YAML document; the installer reads exactly one"
    return Problem(kind, message, refusal.message, line, column, refusal.offset, refusal.exact)


def _one_line(message: str) -> str:
    """PyYAML's message without the excerpts of the file and the places, which stand in line and column."""
    lines = [line for line in message.splitlines() if line and not line.startswith(" ")]
    return ", ".join(lines)


def _construct(document: ConfigDocument, root: Node) -> None:
    from calico_config.document.scalars import tag_of_collection
    from calico_config.document.values import Constructor, NodeError

    constructor = Constructor()
    try:
        if root.kind != "mapping" or tag_of_collection(root, "map") != "map":
            value = constructor.value(root)
            if value is None:
                document.problem = Problem("empty", "the file holds no settings, only an empty value")
            else:
                document.problem = Problem(
                    "not-a-mapping",
                    f"the file holds a {root.kind}, not settings of the form `name: value`",
                    "",
                    *document.line_column(root.start),
                    root.start,
                )
            return
        pairs = constructor.pairs(root)
    except NodeError as error:
        line, column = document.line_column(error.node.start)
        document.problem = Problem(
            "not-yaml",
            f"the installer's YAML reader fails here: {error.message}",
            _wording(document, error),
            line,
            column,
            error.node.start,
        )
        return
    document.duplicates = sorted(constructor.duplicates, key=lambda duplicate: duplicate.last)
    _settle(document, pairs)


def _wording(document: ConfigDocument, error: NodeError) -> str:
    from calico_config.document.wording import marked_error, place_of

    around = None if error.mapping is None else place_of(document.text, error.mapping.start)
    context = None if around is None else "while constructing a mapping"
    return marked_error(context, around, error.message, place_of(document.text, error.node.start))


def _settle(document: ConfigDocument, pairs: list[Pair]) -> None:
    from calico_config.document.texts import stringify

    for pair in pairs:
        if isinstance(pair.key, str):
            setting = Setting(document, pair, *stringify(pair.value, pair.key))
            document.entries.append(setting)
            document.settings[setting.name] = setting
        else:
            span = document.span(pair.key_node.start, pair.key_node.end)
            document.odd_keys.append(OddKey(document.text[span.start : span.end] or "~", span))


def _find_placeholders(document: ConfigDocument) -> None:
    text = document.text
    # Nearly every file has none of these characters outside of its scripts.
    if not any(sign in text for sign in ("<", "{{", "$", "&lt;", "{%", "%%", "@@", "__")):
        return
    from calico_config.document.placeholders import find_placeholders

    document.placeholders = find_placeholders(document)
