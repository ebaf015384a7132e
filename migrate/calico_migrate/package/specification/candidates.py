"""Old names that stand like a key of YAML where no rendering has shown a network so far.

Two sections that are never on together can hide that a name is a network under another setting. Here are
the settings that tell: each section before the name in its pod, by itself and with all others, and never
their combinations.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from calico_migrate.mustache import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from calico_migrate.mustache.settings import Setting
    from calico_migrate.mustache.template import Template

# A line that begins a pod, as far as its indent tells.
_POD_LINE = re.compile(r"^ {0,3}[^\s#{-]", re.MULTILINE)


def telling_settings(
    template: Template,
    names: Collection[str],
    known: Collection[int],
    bases: Callable[[], Collection[frozenset[str]]],
) -> Iterator[Setting]:
    """The settings to look at.

    ``known`` are the offsets of the names that are networks already; ``bases`` tells the settings to start
    from.
    """
    text = template.text
    sections = list(template.sections())
    if not sections:
        return
    lines = [match.start() for match in _POD_LINE.finditer(text)]
    for start in _like_keys(text, names):
        if start in known:
            continue
        first = lines[bisect_right(lines, start) - 1] if lines and lines[0] <= start else 0
        around = template.enclosing(start)
        near = [one for one in sections if first < one[0].end and one[0].start < start]
        for base in bases() if near else ():
            chains = [(around, base, "the name shown")]
            for section, outer in near:
                chains.append(((*outer, section, *around), base, f"{section.name} shown by itself"))
                chains.append((around, base ^ {section.name}, f"{section.name} changed by itself"))
            for chain, true, how in chains:
                setting = settings.showing(chain, true, f"with {how}")
                if setting is not None:
                    yield setting


def _like_keys(text: str, names: Collection[str]) -> Iterator[int]:
    """Where an old name stands like a key of YAML, or beside a tag, outside comments."""
    words = "|".join(map(re.escape, names))
    for match in re.finditer(rf"""(?<![\w./-])(?:{words})(?![\w./-])["']?[ \t]*""", text):
        before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        if "#" in before.replace("{{#", ""):
            continue
        in_flow = before.rstrip("\"' \t").endswith(("{", ",", "?")) and not before.endswith("{{")
        if in_flow or text.startswith((":", "{{"), match.end()):
            yield match.start()
