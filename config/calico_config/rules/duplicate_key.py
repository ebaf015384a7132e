"""A key stands twice, and the last one wins.

YAML forbids it, but the installer's reader takes the last value without a word, at the top level, inside
`dcos_overlay_network`, and in JSON texts. Somebody who corrects the first one changes nothing.

Example:
    calico_network_cidr: 9.0.0.0/8
    calico_network_cidr: 172.29.0.0/16

Remove all but one.
"""

from collections.abc import Iterator

from calico_config.facts.facts import Facts
from calico_core.json.pointers import pointer
from calico_core.rules import Findings, warning

RULE = warning(__name__, source="PyYAML 5.3.1 (construct_mapping); JSON in Python (object_pairs_hook)")
WATCHES = ("keys",)


def _doubled(text: str) -> Iterator[tuple[str, ...]]:
    """Paths of keys that stand twice in the objects of a JSON text; lists are left out of the paths."""
    import json

    doubled: list[str] = []

    def keys(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) != len(pairs):
            seen: set[str] = set()
            for key, _ in pairs:
                if key in seen:
                    doubled.append(key)
                seen.add(key)
        return found

    try:
        json.loads(text, object_pairs_hook=keys)
    except (ValueError, RecursionError):
        return
    for key in dict.fromkeys(doubled):
        yield (key,)


def check(facts: Facts) -> Findings:
    """One finding for each doubled key, at the one that counts."""
    from calico_core.words import shown

    document = facts.document
    for duplicate in document.duplicates:
        line, column = document.line_column(duplicate.last)
        first, _ = document.line_column(duplicate.first)
        yield RULE.finding(
            f"{shown(duplicate.key)} stands here and already in line {first}: only the last one counts",
            hint="remove all but one",
            line=line,
            column=column,
            pointer=pointer([*duplicate.path, duplicate.key]),
        )
    for setting in document.settings.values():
        if isinstance(setting.value, str) and setting.value.lstrip()[:1] in ("{", "["):
            for path in _doubled(setting.value):
                yield RULE.finding(
                    f"{shown(path[-1])} stands twice in the JSON text of {setting.name}: only the"
                    f" last one counts",
                    hint="remove all but one",
                    **facts.place(setting.name, *path, key=True),
                )
