"""Reads a DC/OS ``config.yaml`` as the installer reads it, and keeps where everything stands.

The values are PyYAML's (YAML 1.1, the last of several equal keys wins, merge keys), the texts those that the
installer makes of them (``gen/__init__.py`` ``stringify_configuration``), the places those of the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from calico_config.document.texts import stringify

if TYPE_CHECKING:
    from calico_config.document.nodes import Node, Refusal
    from calico_config.document.placeholders import Placeholder
    from calico_config.document.values import Duplicate, NodeError, Pair
    from calico_core.spans import Lines

# A larger file is refused; the largest real config.yaml has 8 kB.
MAX_SIZE = 1_000_000


class Span(NamedTuple):
    """A stretch of the file: offsets in code points, line and column from 1, columns in code points."""

    start: int
    end: int
    line: int
    column: int


class Problem(NamedTuple):
    """Why a file has no settings.

    ``kind`` is ``too-large``, ``not-yaml``, ``tabs``, ``two-documents``, ``not-a-mapping``, ``empty``,
    ``too-deep`` or ``alias-explosion``. ``message`` is for humans; ``wording`` is what PyYAML says.
    ``exact`` is False where only libyaml has judged.
    """

    kind: str
    message: str
    wording: str = ""
    line: int | None = None
    column: int | None = None
    offset: int = 0
    exact: bool = True


class Setting:
    """One top-level key with its value.

    ``value`` is PyYAML's, ``text`` what the installer makes of it, None where it ends in a traceback, whose
    last line is then ``crash``. ``merged`` says that it came through a merge key (``<<``); ``key_node`` and
    ``node`` are the key's and the value's YAML nodes.
    """

    __slots__ = ("_document", "crash", "key_node", "merged", "name", "node", "text", "value")

    def __init__(self, document: ConfigDocument, pair: Pair) -> None:
        self._document = document
        self.name: str = pair.key
        self.value = pair.value
        self.key_node = pair.key_node
        self.node = pair.value_node
        self.merged = pair.merged
        self.text, self.crash = stringify(pair.value, pair.key)

    @property
    def key_span(self) -> Span:
        """Where the key stands."""
        return self._document.span(self.key_node.start, self.key_node.end)

    @property
    def span(self) -> Span:
        """Where the value stands."""
        return self._document.span(self.node.start, self.node.end)


class OddKey(NamedTuple):
    """A top-level key that is no text (``5:``, ``yes:``, ``~:``): the installer dies of it."""

    shown: str
    span: Span


class ConfigDocument:
    """A config.yaml: its settings by name, their places, and what is odd about the file.

    ``settings`` holds the effective value of every text key in the file's order; ``entries`` every
    top-level entry, overwritten ones too. With a ``problem`` both are empty.
    """

    def __init__(self, text: str, encoding: str) -> None:
        self.text = text
        self.encoding = encoding
        self.problem: Problem | None = None
        self.settings: dict[str, Setting] = {}
        self.entries: list[Setting] = []
        self.duplicates: list[Duplicate] = []
        self.odd_keys: list[OddKey] = []
        self.placeholders: list[Placeholder] = []
        self.root: Node | None = None
        self.first_non_ascii: Span | None = None
        self._lines: Lines | None = None
        self._json: dict[str, Any] = {}

    def get(self, name: str) -> Setting | None:
        """The effective setting of that name."""
        return self.settings.get(name)

    def line_column(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1; a byte order mark has no column."""
        if self._lines is None:
            from calico_core.spans import Lines

            self._lines = Lines(self.text)
        return self._lines.position(offset)

    def span(self, start: int, end: int) -> Span:
        """The span between two offsets."""
        return Span(start, end, *self.line_column(start))

    def locate(self, name: str, *path: str | int) -> Span:
        """Where the value at ``path`` inside a setting stands, in YAML or in JSON inside a text.

        Falls back to the nearest enclosing value that has a place. Raises KeyError for an unknown name.
        """
        from calico_config.document.places import locate

        return locate(self, self.settings[name], path, key=False)

    def locate_key(self, name: str, *path: str | int) -> Span:
        """Where the key at the end of ``path`` stands; without a path the setting's own key."""
        from calico_config.document.places import locate

        setting = self.settings[name]
        return locate(self, setting, path, key=True) if path else setting.key_span

    def json(self, name: str) -> Any:
        """What ``json.loads`` of a setting's text gives, kept for the next call.

        Raises KeyError for an unknown name, ValueError where there is no text or it is no JSON.
        """
        if name not in self._json:
            from calico_config.document.places import loads

            setting = self.settings[name]
            if setting.text is None:
                self._json[name] = ValueError(setting.crash)
            else:
                try:
                    self._json[name] = loads(setting.text)
                except (ValueError, RecursionError) as error:
                    self._json[name] = ValueError(str(error))
        found = self._json[name]
        if isinstance(found, ValueError):
            raise found
        return found


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
    from calico_config.document.composing import compose
    from calico_config.document.nodes import Node

    try:
        composed = compose(document.text)
    except UnicodeEncodeError as error:
        # A lone surrogate in a text that did not come from a file.
        line, column = document.line_column(error.start)
        document.problem = Problem(
            "not-yaml", "not a Unicode text", str(error), line, column, error.start, exact=False
        )
        return
    if composed is None:
        document.problem = Problem("empty", "the file holds no settings, at most comments")
        return
    if not isinstance(composed, Node):
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
    elif kind == "two-documents":
        message = "the file holds more than one YAML document; the installer reads exactly one"
    return Problem(kind, message, refusal.message, line, column, refusal.offset, refusal.exact)


def _one_line(message: str) -> str:
    """PyYAML's message without the excerpts of the file and the places, which stand in line and column."""
    lines = [line for line in message.splitlines() if line and not line.startswith(" ")]
    return ", ".join(lines)


def _construct(document: ConfigDocument, root: Node) -> None:
    from calico_config.document.values import Constructor, NodeError

    constructor = Constructor()
    try:
        if root.kind != "mapping" or root.tag not in {None, "map"}:
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
    """The error as the installer prints it."""

    def place(node: Node) -> str:
        line, column = document.line_column(node.start)
        return f'  in "genconf/config.yaml", line {line}, column {column}'

    context = [] if error.mapping is None else ["while constructing a mapping", place(error.mapping)]
    return "\n".join([*context, error.message, place(error.node)])


def _settle(document: ConfigDocument, pairs: list[Pair]) -> None:
    for pair in pairs:
        if isinstance(pair.key, str):
            setting = Setting(document, pair)
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
