"""What the service specifications of a framework say to its package."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class SpecificationFacts(NamedTuple):
    """The sum over all service specifications at hand.

    ``network_variables`` are used as names of networks, ``label_variables`` as their labels, ``variables``
    anywhere; ``literal`` says whether a name in them is edited.
    """

    network_variables: frozenset[str] = frozenset()
    label_variables: frozenset[str] = frozenset()
    literal: bool = False

    @classmethod
    def sum(cls, parts: Iterable[SpecificationFacts]) -> SpecificationFacts | None:
        """The facts of several specifications together; None where there are none."""
        found = list(parts)
        if not found:
            return None
        return cls(
            frozenset().union(*(part.network_variables for part in found)),
            frozenset().union(*(part.label_variables for part in found)),
            any(part.literal for part in found),
        )
