"""The whole job on a YAML text: read, find the definitions, plan, check, rewrite, and prove the result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core import collector
from calico_core.errors import InputError, UsageError
from calico_core.spans import Lines, Spliced, apply
from calico_core.yaml.aliases import check_aliases
from calico_core.yaml.composing import Dialect, YamlError, compose
from calico_core.yaml.nodes import MAPPING
from calico_migrate.marathon.parsed.identity import Identities, Identity
from calico_migrate.marathon.result import Rewriting
from calico_migrate.marathon.yaml.document import DocumentPlan, checks_of
from calico_migrate.marathon.yaml.proof import prove

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_core.spans import Edit
    from calico_core.yaml.nodes import Document, Node
    from calico_migrate.marathon.result import Options
    from calico_migrate.marathon.yaml.document import Answer

DIALECT = Dialect(deepest=400)
"""A definition has some ten levels; Python follows these with room to spare."""


def rewrite_yaml(text: str, options: Options, *, build: bool = True) -> Rewriting:
    """Moves every definition in a YAML text to the new network, as `calico_migrate.marathon.rewriting` does.

    Raises InputError (with line and column, without a path) where the text is no YAML, and
    VerificationError where the result differs from the plan.
    """
    if options.for_update:
        raise UsageError("--for-update takes JSON only: what Marathon gives and takes is JSON")
    lines = Lines(text)
    with collector.set_aside():
        plans = plan_yaml(text, options, lines)
        result = summed(plans, lines)
        if not result.edits or not build:
            return result
        after = apply(text, result.edits)
        prove([plan.document for plan in plans], result.edits, after, DIALECT)
        return result._replace(new=Spliced(after))


def plan_yaml(text: str, options: Options, lines: Lines) -> list[DocumentPlan]:
    """What becomes of each document of a YAML text, with its definitions; raises InputError."""
    checks = checks_of(options, lines)
    try:
        return [DocumentPlan(text, document, options, lines, checks) for document in documents(text)]
    except YamlError as error:
        line, column = lines.position(error.offset)
        raise InputError(f"is not YAML: {error.message}", line=line, column=column) from error
    except RecursionError:
        raise InputError("is nested too deep to be read") from None


def summed(plans: Sequence[DocumentPlan], lines: Lines) -> Rewriting:
    """The plans of all documents as one, without a new text."""
    answers = [answer for plan in plans for answer in plan.answers]
    edits = _once([edit for answer in answers for edit in answer.edits])
    findings = [finding for answer in answers for finding in answer.findings]
    findings += [finding for plan in plans for finding in plan.said]
    kinds = [answer.definition.kind for answer in answers]
    kind = None if not kinds else kinds[0] if len(kinds) == 1 else "list"
    return Rewriting(kind, edits, findings, None, lines, _identities(answers))


def rebuilt(text: str, edits: Sequence[Edit]) -> str:
    """The new text of which only some edits are made; raises VerificationError."""
    after = apply(text, edits)
    prove(documents(text), edits, after, DIALECT)
    return after


def documents(text: str) -> list[Document]:
    """The documents of a text, which no alias blows up. Raises YamlError."""
    found = list(compose(text, DIALECT))
    filled_in = "{{" in text
    for document in found:
        check_aliases(document, DIALECT.deepest)
        if filled_in:
            _refuse_placeholders(text, document.root)
    return found


def _refuse_placeholders(text: str, root: Node) -> None:
    """Raises YamlError for a placeholder without quotes, which is a mapping in a mapping to YAML."""
    pending = [root]
    while pending:
        node = pending.pop()
        if node.style == "flow" and node.kind == MAPPING and text.startswith("{{", node.start):
            raise YamlError("not-yaml", "a placeholder stands here without quotes", node.start)
        pending.extend(node.parts())


def _identities(answers: Sequence[Answer]) -> Identities:
    """Whose each edit is, by its place; of what several share the first one's."""
    owners: dict[int, tuple[str | None, int]] = {}
    for own, (definition, edits, _) in enumerate(answers):
        shared = {owners[edit.start][1] for edit in edits if edit.start in owners}
        number = min(shared, default=own)
        if len(shared) > 1:
            owners = {
                start: (name, number if other in shared else other) for start, (name, other) in owners.items()
            }
        for edit in edits:
            owners.setdefault(edit.start, (definition.name, number))
    identities = Identities()
    for start, (name, number) in sorted(owners.items()):
        identities.add(start, Identity(name, None), number)
    return identities


def _once(edits: list[Edit]) -> list[Edit]:
    """Each edit once: several definitions plan the same one for what they share, and the first reports it."""
    found: dict[tuple[int, int, str, str], Edit] = {}
    for edit in edits:
        found.setdefault((edit.start, edit.end, edit.replacement, edit.rule), edit)
    return list(found.values())
