"""An options file as it is written, in JSON or YAML: its value, its places, and a new name in it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Protocol

from calico_core.errors import InputError
from calico_core.json.locating import Locator
from calico_core.json.scanning import begin
from calico_core.spans import Lines, apply
from calico_migrate.marathon.languages import Language, language_of
from calico_migrate.marathon.notation import Change, UnwritableError
from calico_migrate.package.universe import json_files

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_core.json.pointers import Path
    from calico_core.spans import Edit


class Written(Protocol):
    """The text of an options file; ``is_json`` says whether pointers address it as JSON."""

    is_json: bool
    value: Any

    def offset(self, path: Path) -> int:
        """Where the value at ``path`` begins."""

    def rename(self, path: Path, old: str, new: str) -> Change:
        """Gives a name another value; raises UnwritableError where the text does not allow it."""

    def after(self, edits: Sequence[Edit]) -> str:
        """The new text; raises VerificationError where it is not what was planned."""


class JsonOptions:
    """Options in JSON. Raises InputError where the text is none."""

    is_json = True

    def __init__(self, text: str) -> None:
        self.value = json_files.loads(text)
        self._text = text
        self._locator = Locator(text, begin(text))

    def offset(self, path: Path) -> int:
        """Where the value begins."""
        return self._locator.start(path)

    def rename(self, path: Path, old: str, new: str) -> Change:  # noqa: ARG002
        """In the place of the old one."""
        return Change(*self._locator.span(path), json.dumps(new))

    def after(self, edits: Sequence[Edit]) -> str:
        """The new text."""
        return apply(self._text, edits)


class YamlOptions:
    """Options in YAML, one document. Raises InputError where the text is none, or holds several."""

    is_json = False

    def __init__(self, text: str) -> None:
        from calico_core.yaml.composing import YamlError
        from calico_migrate.marathon.yaml import rewriting
        from calico_migrate.marathon.yaml.notation import YamlNotation
        from calico_migrate.marathon.yaml.values import Values

        try:
            documents = rewriting.documents(text)
            if len(documents) != 1:
                raise InputError("holds no document, or several; an options file is one")
            self.value = Values().of(documents[0].root)
        except YamlError as error:
            line, column = Lines(text).position(error.offset)
            raise InputError(f"is not YAML: {error.message}", line=line, column=column) from error
        self._text = text
        self._document = documents[0]
        self._notation = YamlNotation(text, self._document.root, self._document.aliased)

    def offset(self, path: Path) -> int:
        """Where the value begins."""
        return self._notation.offset(path)

    def rename(self, path: Path, old: str, new: str) -> Change:
        """In the quotes of the old one; a name that an alias brings to something else stays."""
        change = self._notation.rename(path, old, new)
        if self._document.aliases:
            from calico_migrate.marathon.yaml.sharing import users

            node = self._notation.touched[-1].node
            (found,) = users(self._document, [node], [()]).values()
            if len(found) > 1:
                raise UnwritableError("an alias uses it elsewhere too")
        return change

    def after(self, edits: Sequence[Edit]) -> str:
        """The new text, proved."""
        from calico_migrate.marathon.yaml.rewriting import rebuilt

        return rebuilt(self._text, edits)


def read(path: str, text: str) -> Written:
    """The options in a file; raises InputError where it is neither JSON nor YAML."""
    return JsonOptions(text) if language_of(path, text) is Language.JSON else YamlOptions(text)
