"""Which rules look at a definition: those that watch for one of its features."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from calico_migrate.marathon.elsewhere import finder
from calico_migrate.marathon.features import ESCAPED_DIGIT, OVERLAY, Feature, features
from calico_migrate.marathon.rule_table import RULES
from calico_migrate.marathon.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from calico_core.findings import Finding
    from calico_core.spans import Lines
    from calico_migrate.marathon.definitions import Definition
    from calico_migrate.marathon.plan import Plan
    from calico_migrate.network_map import NetworkMap

    Check = Callable[[Subject], Iterable[Finding]]


class Checks:
    """The rules, ready for the definitions of one text in the order of their places."""

    def __init__(
        self, text: str, network_map: NetworkMap, lines: Lines, *, labels_moved: bool = False
    ) -> None:
        self._text = text
        self._network_map = network_map
        self._lines = lines
        self._labels_moved = labels_moved
        self._finder = finder(frozenset(network_map.names))
        self._checks: dict[str, Check] = {}

    def _may_name_overlay(self, definition: Definition) -> bool:
        """Whether an address of the overlay may stand in the definition, however it is spelled."""
        text, (start, end) = definition.text, definition.reach
        return OVERLAY.search(text, start, end) is not None or (
            definition.has_escapes and ESCAPED_DIGIT.search(text, start, end) is not None
        )

    def _may_name_elsewhere(self, definition: Definition, planned: Plan) -> bool:
        """Whether an old name may stand where no network is looked for, however it is spelled."""
        names = self._network_map.names
        known = sum(attachment.name in names for attachment in planned.attachments)
        text, start, end = self._text, definition.start, definition.end
        return definition.has_escapes or self._finder.may_name(text, start, end, known)

    def findings(self, definition: Definition, planned: Plan) -> list[Finding]:
        """What all rules say of one definition."""
        present = features(definition, planned, self._network_map)
        if self._may_name_overlay(definition):
            present.append(Feature.OVERLAY_MARK)
        if self._may_name_elsewhere(definition, planned):
            present.append(Feature.NAMED_ELSEWHERE)
        if not present:
            return []
        subject = Subject(
            definition, planned, self._network_map, self._lines, labels_moved=self._labels_moved
        )
        found: list[Finding] = []
        for name in dict.fromkeys(name for feature in present for name in RULES[feature]):
            found += (self._checks.get(name) or self._load(name))(subject)
        return found

    def _load(self, name: str) -> Check:
        check: Check = import_module(f"calico_migrate.marathon.rules.{name}").check
        self._checks[name] = check
        return check
