"""Why a selector matches nothing: the nearest labels that there are, and workloads that are elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_migrate.policy.cluster.scenario import endpoint_labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from calico_migrate.calico.selectors.selector import Selector
    from calico_migrate.policy.checking.context import Context, Endpoint

# What an endpoint has that says nothing about it.
_BARE = [endpoint_labels({}, [], runtime=runtime) for runtime in ("ucr", "docker")]
# Finding the nearest name takes long with many labels, and nobody reads hundreds of suggestions.
_MOST_SUGGESTIONS = 50


class Advisor:
    """Looks labels up in a context."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._keys = context.index.keys | context.address_set_index.keys
        self._suggestions = 0
        self._advice: dict[tuple[Selector, ...], str] = {}

    def elsewhere(self, selectors: Sequence[Selector]) -> list[Endpoint]:
        """The workloads that are not on Calico and that the selectors match by labels of their own."""
        everywhere = self._context.elsewhere
        if not everywhere or any(all(one.matches(bare) for one in selectors) for bare in _BARE):
            return []
        return [everywhere[number] for number in self._context.elsewhere_index.matching(selectors)]

    def depends_on_labels(self, selectors: Sequence[Selector]) -> bool:
        """Whether the selectors match a workload that is not on Calico."""
        return bool(self.elsewhere(selectors))

    def advice(self, selectors: Sequence[Selector]) -> str:
        """What is probably wrong with selectors that match nothing, or an empty text."""
        key = tuple(selectors)
        if key not in self._advice:
            self._advice[key] = self._find(selectors)
        return self._advice[key]

    def _find(self, selectors: Iterable[Selector]) -> str:
        from calico_migrate.calico.labels import sanitise_text

        for selector in selectors:
            for test in selector.tests:
                if test.label not in self._keys:
                    arrives = sanitise_text(test.label)
                    if arrives != test.label and arrives in self._keys:
                        return f"UCR turns the label '{test.label}' into '{arrives}'"
                    near = self._nearest(test.label, self._keys)
                    return f"no workload has the label '{test.label}'" + (
                        f"; is it '{near}'?" if near else ""
                    )
                values = self._values(test.label)
                if test.operator in ("==", "in") and not values & set(test.values):
                    near = self._nearest(test.values[0], values) if test.values else None
                    shown = f"; is it '{near}'?" if near else ""
                    return f"no workload has '{', '.join(test.values)}' as its '{test.label}'" + shown
        return ""

    def _nearest(self, wanted: str, known: Iterable[str]) -> str | None:
        from calico_core.nearest import nearest

        self._suggestions += 1
        return nearest(wanted, known) if self._suggestions <= _MOST_SUGGESTIONS else None

    def _values(self, key: str) -> frozenset[str]:
        return self._context.index.values(key) | self._context.address_set_index.values(key)
