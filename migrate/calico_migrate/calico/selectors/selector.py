"""A selector that was read: a list of tests on labels, each with the place to go on at."""

# No annotations as texts here: `NamedTuple` would compile each at every start.
from collections.abc import Callable, Mapping
from typing import NamedTuple

MATCHED = -1
UNMATCHED = -2


class LabelTest(NamedTuple):
    """One test on a label, as it is written: ``operator`` is ``has``, ``==``, ``!=``, ``contains``,
    ``starts with``, ``ends with``, ``in`` or ``not in``; ``values`` is empty for ``has``.
    """

    label: str
    operator: str
    values: tuple[str, ...]
    column: int


class Step(NamedTuple):
    """A compiled test: an operator without its negation, and the steps that follow (or a verdict)."""

    operator: str
    label: str
    value: str
    values: frozenset[str]
    matched: int
    unmatched: int


class Selector:
    """A parsed selector. ``str()`` gives Calico's canonical text; equal texts are equal selectors.

    ``tests`` are the tests on labels in the order in which they are written.
    """

    __slots__ = ("_start", "_steps", "_text", "tests")

    def __init__(self, text: str, tests: tuple[LabelTest, ...], steps: list[Step], start: int) -> None:
        self._text = text
        self._steps = steps
        self._start = start
        self.tests = tests

    def matches(self, labels: Mapping[str, str]) -> bool:
        """Whether an endpoint with these labels is selected."""
        steps = self._steps
        at = self._start
        while at >= 0:
            operator, label, value, values, matched, unmatched = steps[at]
            own = labels.get(label)
            if own is None:
                at = unmatched
            elif operator == "in":
                at = matched if own in values else unmatched
            elif operator == "has":
                at = matched
            elif operator == "contains":
                at = matched if value in own else unmatched
            elif operator == "starts with":
                at = matched if own.startswith(value) else unmatched
            else:
                at = matched if own.endswith(value) else unmatched
        return at == MATCHED

    def run(self, everything: int, test: Callable[[str, str, str, frozenset[str]], int]) -> int:
        """The answer for many sets of labels at once, as bits of ``everything``.

        ``test`` answers one test (operator, label, value, values) for all sets; the operators are ``has``,
        ``in``, ``contains``, ``starts with`` and ``ends with``.
        """
        if self._start < 0:
            return everything if self._start == MATCHED else 0
        # A step only leads to later ones, so that one pass is enough.
        arriving = [0] * len(self._steps)
        arriving[self._start] = everything
        matching = 0
        for at, (operator, label, value, values, matched, unmatched) in enumerate(self._steps):
            here = arriving[at]
            if not here:
                continue
            passing = here & test(operator, label, value, values)
            for bits, target in ((passing, matched), (here & ~passing, unmatched)):
                if target >= 0:
                    arriving[target] |= bits
                elif target == MATCHED:
                    matching |= bits
        return matching

    @property
    def labels(self) -> frozenset[str]:
        """The names of the labels that the selector asks about."""
        return frozenset(test.label for test in self.tests)

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"Selector({self._text!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Selector) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)
