"""One document of a YAML text: its definitions, what is planned and said of each, and what they share."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_core.json.pointers import pointer
from calico_core.words import listed
from calico_migrate.marathon import planning
from calico_migrate.marathon.checking import Checks
from calico_migrate.marathon.notation import UnwritableError
from calico_migrate.marathon.plan import Plan
from calico_migrate.marathon.rules import key_twice, name_in_other_use, odd_notation, shared_name
from calico_migrate.marathon.yaml.definitions import BlockDefinition, find
from calico_migrate.marathon.yaml.sharing import users
from calico_migrate.marathon.yaml.values import Values, key_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_core.findings import Finding
    from calico_core.json.pointers import Path
    from calico_core.rules import Rule
    from calico_core.spans import Edit, Lines
    from calico_core.yaml.nodes import Document, Node
    from calico_migrate.marathon.result import Options
    from calico_migrate.marathon.yaml.definitions import YamlDefinition
    from calico_migrate.marathon.yaml.sharing import User

    AnyDefinition = YamlDefinition | BlockDefinition

# How many users of a value a message names.
_MOST_USERS = 20


class Answer(NamedTuple):
    """What was planned and said of one definition."""

    definition: AnyDefinition
    edits: list[Edit]
    findings: list[Finding]


def checks_of(options: Options, lines: Lines) -> Checks:
    """The rules, ready for the definitions of one text."""
    return Checks(options.network_map, lines, labels_moved=options.move_labels)


class DocumentPlan:
    """What becomes of one document.

    ``answers`` are those of its definitions, ``said`` what is to be said beside. ``checks`` are those of the
    text. Raises YamlError where a merge key has nothing to merge.
    """

    def __init__(self, text: str, document: Document, options: Options, lines: Lines, checks: Checks) -> None:
        self._text = text
        self.document = document
        self._options = options
        self._lines = lines
        self.said: list[Finding] = []
        self.answers: list[Answer] = []
        values = Values()
        value = values.of(document.root)
        aliased = document.aliased
        found = find(text, document, value, aliased)
        if found.definitions:
            self._answer(found.definitions, checks)
        for held in found.held:
            # These have a text of their own.
            self._answer(held.definitions, checks_of(options, lines))
        for node, path, reason in found.refused:
            self._say(odd_notation.RULE, f"a definition in JSON stays as it is: {reason}", node.start, path)
        if self.answers:
            for mapping in values.duplicates:
                self._tell_duplicates(mapping)
        if aliased:
            self._settle_shared()

    def _answer(self, definitions: Sequence[AnyDefinition], checks: Checks) -> None:
        for definition in definitions:
            said: list[Finding] = []
            try:
                (planned,) = planning.plans([definition], self._options)
            except UnwritableError as error:
                present = definition.record.attachments
                planned = Plan(present)
                planned.networks += [each.name for each in present]
                said.append(self._unwritable(definition, error))
            said += checks.findings(definition, planned)
            named = [finding._replace(id=definition.name) for finding in said]
            self.answers.append(Answer(definition, planned.edits, named))

    def _unwritable(self, definition: AnyDefinition, error: UnwritableError) -> Finding:
        place = self._lines.position(definition.offset(()))
        return odd_notation.finding(error.reason, place, definition.pointer())

    def _settle_shared(self) -> None:
        """Holds back what is used for something else too, and tells the users of what is shared."""
        edited = [each.definition for each in self.answers if each.edits]
        touched = {id(node): node for definition in edited for node, _ in definition.touched}
        found = users(self.document, touched.values(), [each.definition.path for each in self.answers])
        refused: set[int] = set()
        while True:
            wanted = self._wanted()
            strangers = {
                key: [user for user in found[key] if not user.own and user.path not in paths]
                for key, paths in wanted.items()
            }
            new = {key for key, left in strangers.items() if left}
            for key in new:
                self._refuse(touched[key], strangers[key])
            if not new:
                break
            refused |= new
            for index, each in enumerate(self.answers):
                if any(id(node) in refused for node, _ in each.definition.touched):
                    self.answers[index] = each._replace(edits=[])
        for key in wanted:
            if any(user.shared for user in found[key]):
                self._tell_users(touched[key], found[key])

    def _wanted(self) -> dict[int, set[Path]]:
        """The paths at which each touched node is to change, by the node's ``id``."""
        wanted: dict[int, set[Path]] = {}
        for each in self.answers:
            if each.edits:
                for node, path in each.definition.touched:
                    wanted.setdefault(id(node), set()).add(path)
        return wanted

    def _refuse(self, node: Node, strangers: Sequence[User]) -> None:
        message = (
            f"what stands here is used at {self._listed(strangers)} too, where it is no network's name;"
            " nothing that uses it is edited"
        )
        self._say(name_in_other_use.RULE, message, node.start, strangers[0].path)

    def _tell_users(self, node: Node, found: Sequence[User]) -> None:
        real = [user for user in found if not user.own]
        self._say(shared_name.RULE, f"this change is one for {self._listed(real)}", node.start, real[0].path)

    def _listed(self, found: Sequence[User]) -> str:
        position = self._lines.position
        return listed(
            [f"{pointer(user.path)} (line {position(user.offset).line})" for user in found], _MOST_USERS
        )

    def _tell_duplicates(self, mapping: Node) -> None:
        seen: set[str] = set()
        for key, _ in mapping.children:
            name = key_text(key)
            if name in seen:
                self.said.append(key_twice.finding(name, self._lines.position(key.start)))
            seen.add(name)

    def _say(self, rule: Rule, message: str, offset: int, path: Path | None = None) -> None:
        line, column = self._lines.position(offset)
        place = None if path is None else pointer(path)
        self.said.append(rule.finding(message, line=line, column=column, pointer=place))
