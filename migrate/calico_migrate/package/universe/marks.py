"""Marks: stand-ins that follow the names of networks through the rendering of a package.

A mark is as long as the name that it stands for, so that no offset of a template moves, and made of
private-use code points, which neither JSON nor HTML nor mustache escapes and which the texts of a package
do not have. The place in which a mark arrives is where the name arrives; putting the old or the new name
back for the marks gives the two texts that the proof compares with real renderings.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from calico_core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from calico_migrate.package.universe.schema import OptionPath

_PLANES = (0xE000, 0xF0000)
_MOST = 0x1800

# Of few marks each is looked for alone, which takes a fraction of the time.
_FEW = 16


class Mark(NamedTuple):
    """What a mark stands for: an option's default, or literal text at ``start`` of the template.

    ``path`` is None for literal text, ``start`` None for an option.
    """

    network: str
    path: OptionPath | None
    start: int | None


@lru_cache(maxsize=4)
def _alone(names: tuple[str, ...]) -> re.Pattern[str]:
    """In literal template text a name stands alone between quotes or tags.

    What is in front of it is looked at behind its last letter: a search for letters is fast.
    """
    escaped = map(re.escape, names)
    return re.compile(
        "(?:" + "|".join(rf'{name}(?:(?<="{name})|(?<=\}}\}}{name}))' for name in escaped) + r')(?="|\{\{)'
    )


class Marker:
    """Gives the marks of one package.

    ``networks`` are the old names, ``texts`` all texts whose contents can end up in a rendering. Raises
    InputError where those use the private-use code points of both planes themselves.
    """

    def __init__(self, networks: Iterable[str], texts: Iterable[str]) -> None:
        networks = list(networks)
        self.marks: dict[str, Mark] = {}
        joined = list(texts)
        for plane in _PLANES:
            used = re.compile(f"[{chr(plane)}-{chr(plane + _MOST)}]")
            if not any(used.search(text) for text in joined if not text.isascii()):
                break
        else:
            raise InputError("its texts are full of private-use characters, so that no name can be followed")
        self._plane = plane
        self._filler = chr(plane + _MOST)
        self.pattern = re.compile(f"[{chr(plane)}-{chr(plane + _MOST - 1)}]{self._filler}*")
        self.networks = frozenset(networks)
        self._names = sorted(networks, key=len, reverse=True)
        self._literal = _alone(tuple(self._names))

    def option(self, network: str, path: OptionPath) -> str:
        """A new mark for an option whose default is ``network``."""
        return self._add(Mark(network, path, None))

    def template(self, text: str) -> str:
        """The text with every old name that stands alone in a template's literal text replaced by a mark."""
        if not any(name in text for name in self._names):
            return text

        def mark(match: re.Match[str]) -> str:
            start = match.start()
            inside_a_tag = text.rfind("{{", 0, start) > text.rfind("}}", 0, start)
            return match.group() if inside_a_tag else self._add(Mark(match.group(), None, start))

        return self._literal.sub(mark, text)

    def _add(self, mark: Mark) -> str:
        if len(self.marks) >= _MOST:
            raise InputError(f"names the old network more than {_MOST} times, more than can be followed")
        name = chr(self._plane + len(self.marks)) + self._filler * (len(mark.network) - 1)
        self.marks[name] = mark
        return name

    def put_back(self, text: str, become: Mapping[str, str] | None = None) -> str:
        """The text with each mark replaced by its new name in ``become``, else by its old name."""
        if text.isascii():
            return text
        changed = become or {}
        if len(self.marks) <= _FEW:
            for name, mark in self.marks.items():
                text = text.replace(name, changed.get(name) or mark.network)
            if text.isascii():
                return text
        return self.pattern.sub(
            lambda match: changed.get(match.group()) or self.marks[match.group()].network, text
        )
