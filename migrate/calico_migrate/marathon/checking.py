"""Which rules look at a definition: those that watch for one of its marks."""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING

from calico_core.findings import Severity
from calico_migrate.marathon.elsewhere import finder
from calico_migrate.marathon.parsed.marks import Mark
from calico_migrate.marathon.rule_table import RULES
from calico_migrate.marathon.sightings import Sightings
from calico_migrate.marathon.subject import Subject
from calico_migrate.network_map import is_network_name

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence

    from calico_core.findings import Finding
    from calico_core.rules import Rule
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
    """The rules, ready for the definitions of one text; ``names`` finds old names in it as words.

    With ``errors_only`` only rules that find errors are asked; ``wanted`` are those to ask where not all are.
    """

    def __init__(
        self,
        network_map: NetworkMap,
        lines: Lines,
        *,
        labels_moved: bool = False,
        errors_only: bool = False,
        wanted: Container[str] | None = None,
    ) -> None:
        self._network_map = network_map
        self._new_names = network_map.new_names
        self._lines = lines
        self._labels_moved = labels_moved
        self._errors_only = errors_only
        self._wanted = wanted
        self._finder = finder(frozenset(network_map.names))
        self.names = self._finder.sightings()
        self._overlay = Sightings(_OVERLAY)
        # The command line has no others; whoever calls the engine may.
        self._names_are_sound = all(map(is_network_name, network_map.new_names))
        # The checks for each combination of marks.
        self._asked: dict[tuple[str, ...], list[Check]] = {}

    def findings(self, definition: Definition, planned: Plan) -> list[Finding]:
        """What all rules say of one definition."""
        return self._said(definition, planned, self._marks(definition, planned))

    def findings_of_each(
        self, definitions: Sequence[Definition], plans: Sequence[Plan]
    ) -> list[list[Finding]]:
        """What all rules say of each definition; what is done for many in a row is done sooner."""
        marked = list(map(self._marks, definitions, plans))
        return list(map(self._said, definitions, plans, marked))

    def _said(self, definition: Definition, planned: Plan, marks: list[str]) -> list[Finding]:
        """What the rules say that watch for one of these marks."""
        if not marks:
            return []
        key = tuple(marks)
        checks = self._asked.get(key)
        if checks is None:
            checks = self._load(key)
        if not checks:
            return []
        subject = Subject(
            definition,
            planned,
            self._network_map,
            self._lines,
            labels_moved=self._labels_moved,
        )
        found: list[Finding] = []
        for check in checks:
            found += check(subject)
        return found

    def _marks(self, definition: Definition, planned: Plan) -> list[str]:
        """What there is to watch for, in the definition and in its plan."""
        record = definition.record
        networks = planned.networks
        marks = record.marks[:]
        if planned.edits:
            marks += record.marks_of_a_move()
            if not self._names_are_sound:
                marks.append(Mark.UNUSUAL)
            if planned.merges:
                marks.append(Mark.MERGED)
        if networks:
            if not self._new_names.isdisjoint(networks):
                marks += record.marks_on_calico()
            if None in networks:
                marks.append(Mark.UNNAMED)
            if len(networks) > 1 and len(set(networks)) < len(networks):
                marks.append(Mark.TWICE)
        if planned.unmoved:
            marks.append(Mark.UNMOVED_LABELS)
        start, end = definition.reach
        if self._overlay.within(definition.text, start, end) or (
            definition.escaped and self._may_spell_overlay(definition)
        ):
            marks.append(Mark.OVERLAY)
        mentions = definition.mentions
        if mentions is None:
            mentions = self.names.within(definition.text, definition.start, definition.end)
        if (mentions or definition.escaped) and self._may_name_elsewhere(definition, planned, len(mentions)):
            marks.append(Mark.NAMED_ELSEWHERE)
        return marks

    def _may_spell_overlay(self, definition: Definition) -> bool:
        """Whether an address of the overlay may stand in the definition, spelled with escapes."""
        start, end = definition.reach
        return definition.has_escapes and _ESCAPED_DIGIT.search(definition.text, start, end) is not None

    def _may_name_elsewhere(self, definition: Definition, planned: Plan, mentions: int) -> bool:
        """Whether an old name may stand where no network is looked for, however it is spelled."""
        if definition.escaped and not self._finder.knows_spelling(definition):
            return True
        names = self._network_map.names
        left = mentions
        for attachment in planned.attachments:
            if attachment.name in names:
                left -= 1
        if left and definition.reach == (definition.start, definition.end):
            # Not with aliases, whose values stand elsewhere.
            record = definition.record
            for _, listed in record.network_names:
                left -= sum(isinstance(name, str) and name in names for name in listed)
            # No label of a definition's own names a network.
            for label in record.labels.values():
                if isinstance(label, str) and label in names:
                    left -= 1
        return left > 0

    def _is_asked(self, rule: Rule) -> bool:
        if self._errors_only and rule.worst is not Severity.ERROR:
            return False
        return self._wanted is None or rule.id in self._wanted

    def _load(self, marks: tuple[str, ...]) -> list[Check]:
        """The checks of the rules that watch for one of these marks."""
        names = dict.fromkeys(name for mark in marks for name in RULES[mark])
        modules = [import_module(f"calico_migrate.marathon.rules.{name}") for name in names]
        asked = [module.check for module in modules if self._is_asked(module.RULE)]
        self._asked[marks] = asked
        return asked
