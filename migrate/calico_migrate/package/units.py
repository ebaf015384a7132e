"""From the files of a run to units that are worked on alone: packages, frameworks, and single files."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from calico_migrate.package.universe import parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from calico_migrate.rewriting.inputs import Input

LARGEST = 1024 * 1024
"""How many bytes a file has at most that is only met in a directory; a named one may have any number."""

# What can hold no service specification, no JSON and no test: code, pictures, archives, documents.
_SUFFIXES = (
    "7z bin bmp bz2 c cc class cpp cs css csv dll dylib eot exe gif go gz h htm html ico iml iso jar java"
    " jpeg jpg js jsx kt less lock log md mp4 o otf pdf php pl png ppt proto psd pyc rb rpm rs rst scala scss"
    " sh so sql sum svg tar tgz tif tiff ts tsx ttf vue war webp whl woff woff2 xls xlsx xml xz zip"
)
_PASSED_OVER = frozenset(_SUFFIXES.split())
_SOURCE_DIRECTORY = "universe"


class Unit(NamedTuple):
    """What is worked on together.

    ``parts`` are the files of one package by part, ``directory`` where they are; ``others`` further files:
    of a framework everything below its root, else one file that stands alone. ``is_newest`` says whether
    no higher release of the package is in the run, or the user named this one.
    """

    directory: str
    parts: Mapping[str, Input]
    others: Sequence[Input]
    is_newest: bool = True

    @property
    def entries(self) -> list[Input]:
        """All its files."""
        return [*self.parts.values(), *self.others]

    @property
    def source(self) -> bool:
        """Whether the package is a framework's source, whose directory has no release number."""
        return bool(self.parts) and self.number is None

    @property
    def number(self) -> int | None:
        """The release number of a package of a Universe."""
        return number_of(self.directory) if self.parts else None


def is_wanted(name: str) -> bool:
    """Whether a file of this name is opened when it is met in a directory."""
    stem, dot, suffix = name.rpartition(".")
    return not (dot and stem and suffix.lower() in _PASSED_OVER)


def units(inputs: Iterable[Input]) -> list[Unit]:
    """The units of a run, in the order of their first files."""
    files = list(inputs)
    by_directory: dict[str, dict[str, Input]] = {}
    for entry in files:
        name = os.path.basename(entry.path)
        if name in parts.PARTS and entry.path != "-":
            by_directory.setdefault(os.path.dirname(entry.path), {})[name] = entry
    packages = {directory: found for directory, found in by_directory.items() if _is_package(found)}
    roots = {
        root_of(directory): directory for directory, found in packages.items() if number_of(directory) is None
    }
    grouped: dict[str, list[Input]] = {}
    order: dict[str, None] = {}
    alone: dict[str, Input] = {}
    for entry in files:
        directory = os.path.dirname(entry.path)
        if directory in packages and os.path.basename(entry.path) in packages[directory]:
            order.setdefault(directory)
            continue
        owner = _owner(directory, roots) if entry.path != "-" else None
        if owner is None:
            alone[entry.path] = entry
            order.setdefault(f"\0{entry.path}")
        else:
            grouped.setdefault(owner, []).append(entry)
            order.setdefault(owner)
    newest = _newest(packages)
    return [
        Unit("", {}, (alone[key[1:]],))
        if key.startswith("\0")
        else Unit(key, packages[key], tuple(grouped.get(key, ())), is_newest=key in newest)
        for key in order
    ]


def _newest(packages: Mapping[str, Mapping[str, Input]]) -> set[str]:
    """The directories that stand for their packages: the highest release, and those that were named."""
    highest: dict[str, tuple[int, str]] = {}
    found: set[str] = set()
    for directory, files in packages.items():
        number = number_of(directory)
        named = any(
            entry.named or os.path.normpath(entry.root) == os.path.normpath(directory)
            for entry in files.values()
        )
        if number is None or named:
            found.add(directory)
            continue
        package = os.path.dirname(directory)
        if package not in highest or highest[package][0] < number:
            highest[package] = (number, directory)
    return found | {directory for _, directory in highest.values()}


def number_of(directory: str) -> int | None:
    """The release number that a directory's name is; None for any other name."""
    name = os.path.basename(os.path.abspath(directory))
    return int(name) if name.isascii() and name.isdigit() else None


def root_of(directory: str) -> str:
    """The root of the framework that a source package belongs to."""
    path = os.path.abspath(directory)
    return os.path.dirname(path) if os.path.basename(path) == _SOURCE_DIRECTORY else path


def _is_package(found: Mapping[str, Input]) -> bool:
    """Whether the files of one directory that have the names of parts make a package.

    A file that was named by the user is one part of its package, whatever is beside it.
    """
    return (
        parts.TEMPLATE in found
        or (parts.PACKAGE in found and len(found) > 1)
        or (parts.CONFIG in found and len(found) > 1)
    )


def _owner(directory: str, roots: Mapping[str, str]) -> str | None:
    """The package of the innermost framework root that a directory is in."""
    path = os.path.abspath(directory)
    while roots:
        if path in roots:
            return roots[path]
        above = os.path.dirname(path)
        if above == path:
            return None
        path = above
    return None
