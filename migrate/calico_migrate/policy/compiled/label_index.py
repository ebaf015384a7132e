"""Finds what a selector matches among many sets of labels, without asking each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_migrate.policy.compiled.label_sets import LabelSets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from calico_migrate.calico.selectors.selector import Selector


class LabelIndex:
    """Sets of labels, numbered from 0."""

    def __init__(self, label_sets: Sequence[Mapping[str, str]]) -> None:
        self._sets = label_sets
        self._masks = LabelSets(label_sets)
        self._values: dict[str, set[str]] = {}
        for labels in label_sets:
            for key, value in labels.items():
                self._values.setdefault(key, set()).add(value)
        self._numbers: dict[int, tuple[int, ...]] = {self._masks.everything: tuple(range(len(label_sets)))}

    @property
    def keys(self) -> frozenset[str]:
        """Every label that a set has."""
        return frozenset(self._values)

    def labels(self, number: int) -> Mapping[str, str]:
        """The set with this number."""
        return self._sets[number]

    def values(self, key: str) -> frozenset[str]:
        """Every value that a label has."""
        return frozenset(self._values.get(key, ()))

    def matching(self, selectors: Sequence[Selector]) -> tuple[int, ...]:
        """The numbers of the sets that all the selectors match, rising."""
        mask = self._masks.everything
        for selector in selectors:
            mask &= self._masks.matching(selector)
        numbers = self._numbers.get(mask)
        if numbers is None:
            numbers = self._numbers[mask] = tuple(_bits(mask))
        return numbers


def _bits(mask: int) -> Iterator[int]:
    """The numbers of the bits that are set, rising."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


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
