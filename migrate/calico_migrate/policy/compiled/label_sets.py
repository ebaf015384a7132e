"""Answers a selector for many sets of labels at once.

The sets are numbered from 0, and an answer is a number with the bits of those that match. A test on a label
costs one look-up instead of one comparison for each set, so that a thousand apps and a thousand selectors
take a thousand steps and not a million.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from calico_migrate.calico.selectors.selector import Selector


class LabelSets:
    """Some sets of labels, by label and value."""

    def __init__(self, sets: Sequence[Mapping[str, str]]) -> None:
        self.everything = (1 << len(sets)) - 1
        self._values: dict[str, dict[str, int]] = {}
        for number, labels in enumerate(sets):
            bit = 1 << number
            for label, value in labels.items():
                values = self._values.setdefault(label, {})
                values[value] = values.get(value, 0) | bit
        self._present = {label: _union(values.values()) for label, values in self._values.items()}
        self._known: dict[Selector, int] = {}

    def matching(self, selector: Selector) -> int:
        """The sets that the selector matches."""
        mask = self._known.get(selector)
        if mask is None:
            mask = self._known[selector] = selector.run(self.everything, self._test)
        return mask

    def _test(self, operator: str, label: str, value: str, values: frozenset[str]) -> int:
        own = self._values.get(label)
        if own is None:
            return 0
        if operator == "in":
            return _union(own[one] for one in values if one in own)
        if operator == "has":
            return self._present[label]
        if operator == "contains":
            return _union(mask for one, mask in own.items() if value in one)
        if operator == "starts with":
            return _union(mask for one, mask in own.items() if one.startswith(value))
        return _union(mask for one, mask in own.items() if one.endswith(value))


def _union(masks: Iterable[int]) -> int:
    union = 0
    for mask in masks:
        union |= mask
    return union
