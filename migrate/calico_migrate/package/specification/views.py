"""Renders a service specification under enough settings that each line is seen, and parses the results.

What does not parse is passed over; text that no parsable rendering shows is told. The number of renderings
grows with the number of sections, never with their combinations.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from calico_core.errors import InputError
from calico_migrate.mustache import scheduler, settings
from calico_migrate.mustache.template import Section, Text
from calico_migrate.package.specification import yaml_places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from calico_migrate.mustache.rendering import Rendering
    from calico_migrate.mustache.settings import Setting
    from calico_migrate.mustache.template import Node, Template
    from calico_migrate.package.specification.yaml_places import Document

# What all renderings of one template together may have, in code points; parsed, each takes some 30 bytes.
_MOST = 16_000_000
_TAGS = re.compile(r"\{\{[^\n]*?\}\}+")


class View(NamedTuple):
    """One parsable rendering: its setting, the environment that was made for it, and the parsed document."""

    setting: Setting
    environment: dict[str, str]
    rendering: Rendering
    document: Document

    @property
    def has_aliases(self) -> bool:
        """Whether YAML aliases may stand in it."""
        return "*" in self.rendering.text and "&" in self.rendering.text


class Failure(NamedTuple):
    """A setting that does not parse: what the reader said, and where in the template it stopped."""

    setting: Setting
    message: str
    offset: int


class Views:
    """The renderings of one template; each setting is rendered and parsed once."""

    def __init__(self, template: Template) -> None:
        self.template = template
        self.section_names = settings.section_names(template)
        self.seen: list[View] = []
        self.failures: list[Failure] = []
        self._known: dict[frozenset[str], View | None] = {}
        self._fillers = _fillers(template)
        self._alone = _alone(template) - set(self.section_names)
        self._shown: set[int] = set()
        self._rendered = 0
        self._bases: tuple[frozenset[str], frozenset[str]] | None = None

    def see_everything(self) -> None:
        """Render until a parsable rendering has shown every line that is not blank, or nothing more helps."""
        for setting in settings.everything(self.template):
            self.view(setting)
            if not self.hidden():
                return
        for setting in settings.each_section(self.template):
            if setting.target is not None and not self._is_hidden(setting.target):
                continue
            self.view(setting)
        if not self.hidden():
            return
        base = self._most_readable()
        self.view(base)
        for section, outer in self.template.sections():
            if self._is_hidden(section):
                adapted = settings.showing((*outer, section), base.true, f"with {section.name} shown")
                if adapted is not None:
                    self.view(adapted)

    def view(self, setting: Setting) -> View | None:
        """The parsable rendering of a setting, or None; values are tried as texts and as empty."""
        if setting.true in self._known:
            return self._known[setting.true]
        found: View | None = None
        failure: Failure | None = None
        for environment in self._environments(setting.true):
            rendering = scheduler.render(self.template, environment)
            self._rendered += len(rendering.text)
            if self._rendered > _MOST:
                raise InputError("this service specification has too many sections for its size; split it")
            try:
                document = yaml_places.compose(rendering.text)
            except yaml_places.YamlError as error:
                offset = _template_offset(rendering, error.offset)
                failure = failure or Failure(setting, error.message, offset)
                continue
            found = View(setting, environment, rendering, document)
            break
        if found is not None:
            self.seen.append(found)
            self._shown.update(map(id, found.rendering.sources))
        elif failure is not None:
            self.failures.append(failure)
        self._known[setting.true] = found
        return found

    def bases(self) -> tuple[frozenset[str], frozenset[str]]:
        """The names that are on in the fullest and in the barest setting that parse.

        That is everything and nothing where those parse; else names are added or taken away one by one,
        from a setting that parses, as long as the result does.
        """
        if self._bases is None:
            on, off = settings.everything(self.template)
            start = self.seen[0].setting.true if self.seen else off.true
            fullest = on.true if self.view(on) is not None else self._stretched(start, add=True)
            barest = off.true if self.view(off) is not None else self._stretched(start, add=False)
            self._bases = (fullest, barest)
        return self._bases

    def _stretched(self, true: frozenset[str], *, add: bool) -> frozenset[str]:
        for name in self.section_names:
            changed = true | {name} if add else true - {name}
            if changed != true and self.view(settings.Setting(_title(changed), changed)) is not None:
                true = changed
        return true

    def environment(self, true: frozenset[str]) -> dict[str, str]:
        """The scheduler's environment for a setting: a text of its own for each value and true section."""
        return {
            name: filler
            for name, filler in self._fillers.items()
            if name in true or name not in self.section_names
        }

    def hidden(self) -> list[Text]:
        """The literal text, but for blanks, that no parsable rendering has shown so far."""
        return [text for text in _texts(self.template.nodes) if id(text) not in self._shown]

    def _is_hidden(self, section: Section) -> bool:
        return any(id(text) not in self._shown for text in _texts(section.nodes))

    def _environments(self, true: frozenset[str]) -> Iterator[dict[str, str]]:
        full = self.environment(true)
        if self._alone:
            # A value alone on its line is mostly a block of YAML, for which no text can stand.
            yield {name: filler for name, filler in full.items() if name not in self._alone}
        yield full
        yield {name: filler for name, filler in full.items() if name in true}

    def _most_readable(self) -> Setting:
        """The setting that the YAML reader gets furthest with, chosen name by name from everything off."""
        true: frozenset[str] = frozenset()
        furthest = self._reach(true)
        for name in self.section_names:
            if furthest is None:
                break
            reach = self._reach(true | {name})
            if reach is None or reach > furthest:
                true, furthest = true | {name}, reach
        return settings.Setting(_title(true), true)

    def _reach(self, true: frozenset[str]) -> int | None:
        """The offset in the template at which reading stops, None where it doesn't."""
        if self.view(settings.Setting(_title(true), true)) is not None:
            return None
        return next(failure.offset for failure in self.failures if failure.setting.true == true)


def _title(true: frozenset[str]) -> str:
    return f"with {', '.join(sorted(true)) or 'nothing'} on"


def _fillers(template: Template) -> dict[str, str]:
    """A text of its own for every name, so that no two keys become equal by chance."""
    names = [section.name for section, _ in template.sections()]
    names += [variable.name for variable in template.variables()]
    return {name: f"x{number}" for number, name in enumerate(dict.fromkeys(names))}


def _alone(template: Template) -> set[str]:
    """The names of values that have a line to themselves."""
    text = template.text
    found: set[str] = set()
    for variable in template.variables():
        start = text.rfind("\n", 0, variable.start) + 1
        end = text.find("\n", variable.end)
        if not _TAGS.sub("", text[start : end if end >= 0 else len(text)]).strip():
            found.add(variable.name)
    return found


def _texts(nodes: Iterable[Node]) -> Iterator[Text]:
    for node in nodes:
        if isinstance(node, Section):
            yield from _texts(node.nodes)
        elif isinstance(node, Text) and not node.text.isspace():
            yield node


def _template_offset(rendering: Rendering, offset: int) -> int:
    """The place in the template of an offset in its rendering, or of the text next before it."""
    for end in range(min(offset + 1, len(rendering.text)), 0, -1):
        origin = rendering.origin(end - 1, end)
        if origin.spans:
            return origin.spans[0].start
        if origin.tags:
            return origin.tags[0].start
    return 0
