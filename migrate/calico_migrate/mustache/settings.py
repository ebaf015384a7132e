"""Settings of a template's sections under which each of its lines is shown, as few as will do.

There are at most two for the whole template and two for each section, never all combinations: everything
on, everything off, and each section shown alone (with what encloses it), or with everything else on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from calico_migrate.mustache.template import Section, Template


class Setting(NamedTuple):
    """The names of sections that are true; all others are false.

    ``title`` is how a message names the setting; ``target`` is the section that the setting is to show,
    None for everything on or off.
    """

    title: str
    true: frozenset[str]
    target: Section | None = None


def section_names(template: Template) -> tuple[str, ...]:
    """The names that sections test, each once, in the order of the text."""
    return tuple(dict.fromkeys(section.name for section, _ in template.sections()))


def conditions(sections: Iterable[Section]) -> dict[str, bool] | None:
    """What must be true or false so that nested sections are shown; None where they contradict."""
    needed: dict[str, bool] = {}
    for section in sections:
        truth = not section.inverted
        if needed.setdefault(section.name, truth) is not truth:
            return None
    return needed


def showing(sections: Sequence[Section], base: frozenset[str], title: str) -> Setting | None:
    """The setting closest to ``base`` that shows what these sections enclose; None where nothing does."""
    needed = conditions(sections)
    if needed is None:
        return None
    true = (base | {name for name, truth in needed.items() if truth}) - {
        name for name, truth in needed.items() if not truth
    }
    return Setting(title, true, sections[-1] if sections else None)


def everything(template: Template) -> tuple[Setting, Setting]:
    """All sections' names true, and all false."""
    return (
        Setting("with all sections on", frozenset(section_names(template))),
        Setting("with all sections off", frozenset()),
    )


def each_section(template: Template) -> Iterator[Setting]:
    """For each section in the order of the text: shown alone, then shown with everything else on."""
    on = frozenset(section_names(template))
    for section, outer in template.sections():
        chain = (*outer, section)
        for base, how in ((frozenset[str](), "alone"), (on, "and all others on")):
            setting = showing(chain, base, f"with {section.name} {'off' if section.inverted else 'on'} {how}")
            if setting is not None:
                yield setting
