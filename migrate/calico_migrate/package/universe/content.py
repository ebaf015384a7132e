"""The contents of one package, whether they are files of a directory or an entry of a repository file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from calico_core.errors import InputError
from calico_core.json import scanning
from calico_core.json.locating import Locator
from calico_migrate.package.universe import json_files
from calico_migrate.package.universe.parts import CONFIG, PACKAGE, TEMPLATE
from calico_migrate.package.universe.templates import PackageTemplate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_migrate.package.universe.json_files import Document

_BUILD_TAG = re.compile(r"\{\{|%\(")


class Content:
    """The parts of one package: texts, parsed as far as they can be.

    ``texts`` maps the names of `parts.PARTS` to their texts. ``errors`` maps the same names to why a part
    cannot be read; such a part counts as missing. A source tree's package.json or resource.json may be no
    JSON before its build tags (``{{package-version}}``, ``%(time_epoch_ms)s``) are filled in: no error.
    """

    def __init__(self, texts: Mapping[str, str], errors: Mapping[str, InputError] | None = None) -> None:
        self.texts = texts
        self.errors: dict[str, InputError] = dict(errors or {})
        self.documents: dict[str, Document] = {}
        self._locators: dict[str, Locator] = {}
        for name, text in texts.items():
            if name != TEMPLATE:
                try:
                    self.documents[name] = json_files.read(text)
                except InputError as error:
                    if name == CONFIG or not _BUILD_TAG.search(text):
                        self.errors[name] = error
        self.template: PackageTemplate | None = None
        if TEMPLATE in texts:
            try:
                self.template = PackageTemplate(texts[TEMPLATE])
            except InputError as error:
                self.errors[TEMPLATE] = error

    def value(self, name: str) -> Any:
        """The parsed value of a JSON part; None where it is missing or broken."""
        document = self.documents.get(name)
        return document.value if document is not None else None

    def locator(self, name: str) -> Locator | None:
        """Finds places in a JSON part; None where it is missing or broken."""
        if name not in self._locators and name in self.documents:
            text = self.texts[name]
            end = -1 if scanning.SPELLED.search(text) else len(text)
            self._locators[name] = Locator(text, scanning.begin(text), end)
        return self._locators.get(name)

    @property
    def package(self) -> dict[str, Any]:
        """package.json, empty where it is missing or no object."""
        value = self.value(PACKAGE)
        return value if isinstance(value, dict) else {}

    @property
    def name(self) -> str:
        """The package's own name; empty where package.json does not give one."""
        name = self.package.get("name")
        return name if isinstance(name, str) else ""

    @property
    def version(self) -> str:
        """The package's version; empty where package.json does not give one."""
        version = self.package.get("version")
        return version if isinstance(version, str) else ""
