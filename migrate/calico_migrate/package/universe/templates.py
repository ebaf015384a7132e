"""A package's template: its tags with the sections around them, rendered as the package manager does."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_migrate.mustache import package_manager, template, tokens

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from calico_migrate.mustache.rendering import Rendering
    from calico_migrate.package.universe.schema import OptionPath


# How many readings of one relative name are kept; nothing real has more than two.
_MOST_NAMES = 8


class Section(NamedTuple):
    """A section around a place: what it tests, and whether it shows where that is false.

    ``names`` are the options that it can mean: as it is written, and below each section around it.
    """

    names: tuple[str, ...]
    inverted: bool

    @property
    def name(self) -> str:
        """The name as it is written."""
        return self.names[0]

    def path(self, declared: Container[OptionPath]) -> OptionPath:
        """The path of the declared option that it tests; of the name as written where none is declared."""
        paths = [tuple(name.split(".")) for name in self.names]
        return next((path for path in paths if path in declared), paths[0])


class Tag(NamedTuple):
    """A value tag, or with ``opens`` a section's opening tag, with the sections around it.

    ``names`` are the options that it can mean, as for `Section`; ``start`` is its offset; ``inverted`` says
    whether the section that it opens shows where its option is false.
    """

    names: tuple[str, ...]
    start: int
    sections: tuple[Section, ...]
    opens: bool
    inverted: bool = False

    @property
    def name(self) -> str:
        """The name as it is written."""
        return self.names[0]

    def means(self, path: OptionPath) -> bool:
        """Whether the tag can stand for an option."""
        return ".".join(path) in self.names

    def is_declared(self, declared: Container[OptionPath]) -> bool:
        """Whether any option that it can mean is declared."""
        return any(tuple(name.split(".")) in declared for name in self.names)


# A package's template is parsed for its plan and for both sides of its proof, and is mostly the same text.
@lru_cache(maxsize=8)
def _parse(text: str) -> template.Template:
    return tokens.parse(text)


class PackageTemplate:
    """A parsed ``marathon.json.mustache``; raises InputError with the place of a broken tag."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._template = _parse(text)
        self._tags: list[Tag] | None = None
        self._values: dict[str, list[Tag]] = {}

    def render(self, options: Mapping[str, Any]) -> str:
        """What the package manager makes of it with the options and resource.json in one object."""
        return self.rendering(package_manager.Values(options)).text

    def rendering(self, options: package_manager.Values) -> Rendering:
        """The same with the names of the value tags that nothing answers to."""
        return options.render(self._template)

    @property
    def tags(self) -> list[Tag]:
        """Every value tag and every section in the order of the text."""
        if self._tags is None:
            self._tags = []
            _take_tags(self._template.nodes, (), self._tags)
        return self._tags

    def values(self, name: str) -> list[Tag]:
        """The value tags that can stand for an option of that name, in the order of the text."""
        if name not in self._values:
            self._values[name] = [tag for tag in self.tags if not tag.opens and name in tag.names]
        return self._values[name]

    def around(self, offset: int) -> tuple[Section, ...]:
        """The sections around an offset, outermost first."""
        sections: tuple[Section, ...] = ()
        for section in self._template.enclosing(offset):
            sections = (*sections, Section(_readings(section.name, sections), section.inverted))
        return sections


def _take_tags(nodes: tuple[template.Node, ...], around: tuple[Section, ...], found: list[Tag]) -> None:
    for node in nodes:
        if type(node) is template.Text:
            continue
        names = _readings(node.name, around) if around else (node.name,)
        if type(node) is template.Section:
            found.append(Tag(names, node.start, around, True, node.inverted))
            _take_tags(node.nodes, (*around, Section(names, node.inverted)), found)
        else:
            found.append(Tag(names, node.start, around, False))


def _readings(name: str, around: tuple[Section, ...]) -> tuple[str, ...]:
    """A name as it is written, and below each section around it, the innermost first."""
    below = [
        f"{outer}.{name}" for section in reversed(around) if not section.inverted for outer in section.names
    ]
    return (name, *below[: _MOST_NAMES - 1])
