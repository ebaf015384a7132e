"""A config.yaml that was read: its settings by name, where each stands, and what is odd about the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from calico_config.document.values import Duplicate, Pair
    from calico_core.spans import Lines
    from calico_core.yaml.nodes import Node


class Location(NamedTuple):
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

    def __init__(self, document: ConfigDocument, pair: Pair, text: str | None, crash: str | None) -> None:
        self._document = document
        self.name: str = pair.key
        self.value = pair.value
        self.key_node = pair.key_node
        self.node = pair.value_node
        self.merged = pair.merged
        self.text = text
        self.crash = crash

    @property
    def key_span(self) -> Location:
        """Where the key stands."""
        return self._document.span(self.key_node.start, self.key_node.end)

    @property
    def span(self) -> Location:
        """Where the value stands."""
        return self._document.span(self.node.start, self.node.end)


class OddKey(NamedTuple):
    """A top-level key that is no text (``5:``, ``yes:``, ``~:``): the installer dies of it."""

    shown: str
    span: Location


class Placeholder(NamedTuple):
    """A placeholder: its setting (None where the file could not be read), its text and its place."""

    name: str | None
    text: str
    span: Location


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
        self.first_non_ascii: Location | None = None
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

    def span(self, start: int, end: int) -> Location:
        """The span between two offsets."""
        return Location(start, end, *self.line_column(start))

    def locate(self, name: str, *path: str | int) -> Location:
        """Where the value at ``path`` inside a setting stands, in YAML or in JSON inside a text.

        Falls back to the nearest enclosing value that has a place. Raises KeyError for an unknown name.
        """
        from calico_config.document.places import locate

        return self.span(*locate(self.text, self.settings[name].node, path))

    def locate_key(self, name: str, *path: str | int) -> Location:
        """Where the key at the end of ``path`` stands; without a path the setting's own key."""
        from calico_config.document.places import locate

        setting = self.settings[name]
        return self.span(*locate(self.text, setting.node, path, key=True)) if path else setting.key_span

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
