"""Kinds of files that no command rewrites, a module each.

A kind says by ``matches(name, head)`` which files are its own (by the file's name and the first characters of
its text), and by ``is_network(around, start, end)`` whether the network's name there is one. What it does not
take for one is a mention. Its docstring is its page in ``explain``.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_migrate.survey.around.surroundings import Surroundings

ORDER = ("terraform", "template", "container_file", "makefile", "shell", "properties", "markdown", "source")
"""The kinds in the order in which they are asked; the last one takes every file."""

_COMMENT = re.compile(r"[^\S\n]*(?:#(?![{!])|//|--\s|;|\{#|<%#|<!--)")


class Kind(Protocol):
    """What the module of a kind has."""

    __name__: str

    def matches(self, name: str, head: str) -> bool:
        """Whether a file of this name that begins so is of this kind."""
        ...

    def is_network(self, around: Surroundings, start: int, end: int) -> bool:
        """Whether the name from ``start`` to ``end`` is a network's."""
        ...


def kind_of(name: str, head: str) -> Kind:
    """The kind of a file, by its name and the first characters of its text."""
    return next(kind for kind in kinds() if kind.matches(name, head))


_KINDS: list[Kind] = []


def kinds() -> Sequence[Kind]:
    """All kinds, in their order."""
    if not _KINDS:
        _KINDS.extend(import_module(f"{__name__}.{name}") for name in ORDER)
    return _KINDS


def name_of(kind: Kind) -> str:
    """What a kind is called: its module's name with dashes."""
    return kind.__name__.rpartition(".")[2].replace("_", "-")


def documentation() -> dict[str, str]:
    """What each kind looks at, by the kind's name; the page of a kind is its module's docstring."""
    import inspect

    from calico_core.docstrings import of_module

    modules = [import_module(f"{__name__}.{name}") for name in (*ORDER, "chronos")]
    names = [module.__name__.rpartition(".")[2].replace("_", "-") for module in modules]
    return {name: inspect.cleandoc(of_module(module)) for name, module in zip(names, modules, strict=True)}


def is_comment(around: Surroundings, place: int) -> bool:
    """Whether the line of a place is a comment in one of the usual spellings."""
    return _COMMENT.match(around.text, around.line_start(place), place) is not None
