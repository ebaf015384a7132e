"""Finds what a selector matches among many sets of labels, without asking each of them."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from calico_migrate.policy.selector import Selector

_STRINGS = re.compile(r"\"[^\"]*\"|'[^']*'")
_NEGATION = re.compile(r"!(?!=)")


class LabelIndex:
    """Sets of labels, numbered from 0."""

    def __init__(self, label_sets: Sequence[Mapping[str, str]]) -> None:
        self._sets = label_sets
        self._everything = tuple(range(len(label_sets)))
        self._by_label: dict[str, list[int]] = defaultdict(list)
        self._by_value: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, labels in enumerate(label_sets):
            for key, value in labels.items():
                self._by_label[key].append(number)
                self._by_value[key, value].append(number)
        self._values: dict[str, set[str]] = defaultdict(set)
        for key, value in self._by_value:
            self._values[key].add(value)
        self._found: dict[Selector, tuple[int, ...]] = {}

    @property
    def keys(self) -> frozenset[str]:
        """Every label that a set has."""
        return frozenset(self._by_label)

    def labels(self, number: int) -> Mapping[str, str]:
        """The set with this number."""
        return self._sets[number]

    def values(self, key: str) -> frozenset[str]:
        """Every value that a label has."""
        return frozenset(self._values.get(key, ()))

    def matching(self, selectors: Sequence[Selector]) -> tuple[int, ...]:
        """The numbers of the sets that all the selectors match, rising."""
        if not selectors:
            return self._everything
        found = sorted((self._matching_one(selector) for selector in selectors), key=len)
        smallest = found[0]
        for other in found[1:]:
            if other is not self._everything and len(other) < len(self._sets):
                members = frozenset(other)
                smallest = tuple(number for number in smallest if number in members)
        return smallest

    def _matching_one(self, selector: Selector) -> tuple[int, ...]:
        found = self._found.get(selector)
        if found is None:
            candidates = self._candidates(selector)
            found = tuple(number for number in candidates if selector.matches(self._sets[number]))
            if len(found) == len(self._sets):
                found = self._everything
            self._found[selector] = found
        return found

    def _candidates(self, selector: Selector) -> Sequence[int]:
        """A superset of what matches: where every test must hold, one that needs a label narrows it down."""
        best: Sequence[int] = self._everything
        if is_conjunction(selector):
            for test in selector.tests:
                if test.operator in ("==", "in"):
                    narrowed = sorted(
                        {
                            number
                            for value in test.values
                            for number in self._by_value.get((test.label, value), ())
                        }
                    )
                elif test.operator in ("has", "contains", "starts with", "ends with"):
                    narrowed = self._by_label.get(test.label, [])
                else:
                    continue
                if len(narrowed) < len(best):
                    best = narrowed
        return best


def is_conjunction(selector: Selector) -> bool:
    """Whether each of a selector's tests must hold: there is no ``||`` and nothing is negated."""
    bare = _STRINGS.sub("", str(selector))
    return "||" not in bare and _NEGATION.search(bare) is None


def witness(selectors: Sequence[Selector]) -> dict[str, str]:
    """Labels that the selectors match, where each is a conjunction of tests; a good guess elsewhere."""
    labels: dict[str, str] = {}
    for selector in selectors:
        for test in selector.tests:
            if test.operator in ("==", "in", "contains", "starts with", "ends with") and test.values:
                labels.setdefault(test.label, test.values[0])
            elif test.operator == "has":
                labels.setdefault(test.label, "")
    return labels
