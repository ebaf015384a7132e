"""What one selector says about another, whatever labels there may be.

Labels are tried by their cases: absent, each value that one of the selectors names, and any other value,
for which ``contains``, ``starts with`` and ``ends with`` may hold or not. Every set of labels is one of
these cases, so that what holds in all of them holds always; where there are too many, nothing is claimed.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from calico_migrate.calico.selectors.selector import LabelTest, Selector

_MOST_CASES = 4096
_PARTIAL = ("contains", "starts with", "ends with")
_EXACT = ("==", "!=", "in", "not in")


class _Value(NamedTuple):
    """One case of a label: a value that is named, or (None) another, with the partial tests that hold."""

    text: str | None
    holding: frozenset[tuple[str, str]] = frozenset()


@lru_cache(maxsize=16384)
def implies(narrow: tuple[Selector, ...], wide: tuple[Selector, ...]) -> bool:
    """Whether all labels that match every narrow selector match every wide one too."""
    missing = [selector for selector in wide if selector not in narrow]
    if not missing:
        return True
    cases = _cases((*narrow, *missing))
    return cases is not None and all(
        _match(missing, case) for case in _combinations(cases) if _match(narrow, case)
    )


@lru_cache(maxsize=16384)
def exclude(*groups: tuple[Selector, ...]) -> bool:
    """Whether no labels at all match every selector of all the groups."""
    selectors = tuple(dict.fromkeys(selector for group in groups for selector in group))
    cases = _cases(selectors)
    return cases is not None and not any(_match(selectors, case) for case in _combinations(cases))


def _combinations(cases: dict[str, list[_Value | None]]) -> Iterator[dict[str, _Value]]:
    """Every combination of the labels' cases; an absent label is left out."""
    for values in product(*cases.values()):
        yield {label: value for label, value in zip(cases, values, strict=True) if value is not None}


def _cases(selectors: Sequence[Selector]) -> dict[str, list[_Value | None]] | None:
    """The cases of each label that the selectors test, None where there are too many of them."""
    by_label: dict[str, list[LabelTest]] = {}
    for selector in selectors:
        for test in selector.tests:
            by_label.setdefault(test.label, []).append(test)
    cases: dict[str, list[_Value | None]] = {}
    count = 1
    for label, tests in by_label.items():
        named = sorted({value for test in tests if test.operator in _EXACT for value in test.values})
        partial = sorted({(test.operator, test.values[0]) for test in tests if test.operator in _PARTIAL})
        count *= 1 + len(named) + (1 << len(partial))
        if count > _MOST_CASES:
            return None
        cases[label] = [
            None,
            *(_Value(text) for text in named),
            *(
                _Value(None, frozenset(one for one, holds in zip(partial, chosen, strict=True) if holds))
                for chosen in product((True, False), repeat=len(partial))
            ),
        ]
    return cases


def _match(selectors: Sequence[Selector], case: dict[str, _Value]) -> bool:
    def test(operator: str, label: str, value: str, values: frozenset[str]) -> int:
        own = case.get(label)
        if own is None:
            return 0
        if operator == "has":
            return 1
        if own.text is None:
            return int((operator, value) in own.holding)
        if operator == "in":
            return int(own.text in values)
        if operator == "contains":
            return int(value in own.text)
        return int(own.text.startswith(value) if operator == "starts with" else own.text.endswith(value))

    return all(selector.run(1, test) for selector in selectors)
