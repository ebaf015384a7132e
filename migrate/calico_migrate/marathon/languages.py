"""JSON or YAML: which of them a file is in, and what it may be instead where it is neither."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from calico_core.errors import InputError
    from calico_core.findings import Finding
    from calico_migrate.network_map import NetworkMap
    from calico_migrate.placeholders import Template

_ENDINGS = {"json": (".json",), "yaml": (".yaml", ".yml")}


class Language(str, Enum):
    """What a definition is written in."""

    JSON = "json"
    YAML = "yaml"


def is_wanted(name: str, only: Language | None = None) -> bool:
    """Whether a file of this name is opened in a directory, where ``only`` may leave out a language."""
    endings = _ENDINGS[only.value] if only is not None else (".json", ".yaml", ".yml")
    return name.lower().endswith(endings)


def language_of(path: str, text: str) -> Language:
    """The language of a file: its name says it, and else its first character."""
    name = path.lower()
    if name.endswith(".json"):
        return Language.JSON
    if name.endswith((".yaml", ".yml")):
        return Language.YAML
    begin = text[:4096].lstrip("\ufeff \t\r\n")[:1]
    return Language.JSON if begin in ("{", "[", "") else Language.YAML


def template_of(text: str, error: InputError, network_map: NetworkMap) -> Template | None:
    """The template that a file is which cannot be parsed because of that."""
    from calico_migrate.placeholders import template_in

    names = {*network_map.names, network_map.default_network}
    return template_in(text, names, _offset(text, error))


def told_of_template(template: Template, error: InputError) -> Finding:
    """The warning about a template in a directory."""
    from calico_migrate.marathon.rules import template_file

    line = template.lines[0].line if template.lines else error.line
    return template_file.finding(template.message("JSON or YAML"), line)


def told_of_broken_yaml(text: str, error: InputError, network_map: NetworkMap) -> Finding | None:
    """The warning about YAML in a directory that cannot be parsed and names a network of the map."""
    from calico_migrate.marathon.rules import unparsable_file
    from calico_migrate.placeholders import named_lines

    found = next((each for each in named_lines(text, network_map.names) if each.names), None)
    if found is None:
        return None
    return unparsable_file.naming_a_network(error, found.line, found.names[0])


def _offset(text: str, error: InputError) -> int:
    """The offset of an error's line and column."""
    offset = 0
    for _ in range((error.line or 1) - 1):
        offset = text.find("\n", offset) + 1
    return offset + (error.column or 1) - 1
