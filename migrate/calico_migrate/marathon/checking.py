"""Which rules look at a definition: those that watch for one of its marks."""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING

from calico_migrate.marathon.elsewhere import finder
from calico_migrate.marathon.parsed.record import Mark
from calico_migrate.marathon.rule_table import RULES
from calico_migrate.marathon.subject import Subject
from calico_migrate.network_map import is_network_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from calico_core.findings import Finding
    from calico_core.spans import Lines
    from calico_migrate.marathon.definitions import Definition
    from calico_migrate.marathon.plan import Plan
    from calico_migrate.network_map import NetworkMap

    Check = Callable[[Subject], Iterable[Finding]]


# What must stand in a text for `Mark.OVERLAY`. (A search for an expression that begins with a rare letter is
# faster than str.find.)
_OVERLAY = re.compile(r"9\.(?<![.-]9\.)\d{1,3}\.\d{1,3}\.\d")
# How a digit or a dot may be spelled otherwise.
_ESCAPED_DIGIT = re.compile(r"\\u00(?:2[eE]|3\d)")


class Checks:
    """The rules, ready for the definitions of one text."""

    def __init__(self, network_map: NetworkMap, lines: Lines, *, labels_moved: bool = False) -> None:
        self._network_map = network_map
        self._lines = lines
        self._labels_moved = labels_moved
        self._finder = finder(frozenset(network_map.names))
        # The command line has no others; whoever calls the engine may.
        self._names_are_sound = all(map(is_network_name, network_map.new_names))
        self._checks: dict[str, Check] = {}

    def _may_name_overlay(self, definition: Definition) -> bool:
        """Whether an address of the overlay may stand in the definition, however it is spelled."""
        text, (start, end) = definition.text, definition.reach
        return _OVERLAY.search(text, start, end) is not None or (
            definition.has_escapes and _ESCAPED_DIGIT.search(text, start, end) is not None
        )

    def _may_name_elsewhere(self, definition: Definition, planned: Plan) -> bool:
        """Whether an old name may stand where no network is looked for, however it is spelled."""
        names = self._network_map.names
        known = sum(attachment.name in names for attachment in planned.attachments)
        if definition.reach == (definition.start, definition.end):
            # Not with aliases, whose values stand elsewhere.
            record = definition.record
            for _, listed in record.network_names:
                known += sum(isinstance(name, str) and name in names for name in listed)
            # No label of a definition's own names a network.
            known += sum(isinstance(label, str) and label in names for label in record.labels.values())
        return self._finder.may_name(definition, known)

    def findings(self, definition: Definition, planned: Plan) -> list[Finding]:
        """What all rules say of one definition."""
        marks = definition.record.marks
        if planned.unmoved:
            marks = [*marks, Mark.UNMOVED_LABELS]
        if self._may_name_overlay(definition):
            marks = [*marks, Mark.OVERLAY]
        if self._may_name_elsewhere(definition, planned):
            marks = [*marks, Mark.NAMED_ELSEWHERE]
        if planned.edits and not self._names_are_sound:
            marks = [*marks, Mark.UNUSUAL]
        if not marks:
            return []
        subject = Subject(
            definition, planned, self._network_map, self._lines, labels_moved=self._labels_moved
        )
        found: list[Finding] = []
        for name in dict.fromkeys(name for mark in marks for name in RULES[mark]):
            found += (self._checks.get(name) or self._load(name))(subject)
        return found

    def _load(self, name: str) -> Check:
        check: Check = import_module(f"calico_migrate.marathon.rules.{name}").check
        self._checks[name] = check
        return check
