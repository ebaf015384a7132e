"""The whole job on one document: read, plan, check, rewrite, and verify the result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_core import collector
from calico_core.errors import InputError
from calico_core.json.pointers import pointer
from calico_core.spans import Edit, Lines
from calico_migrate.marathon import planning
from calico_migrate.marathon.checking import Checks
from calico_migrate.marathon.definitions import walk
from calico_migrate.marathon.parsed.identity import Identities, Identity
from calico_migrate.marathon.parsed.recognition import identity
from calico_migrate.marathon.result import Options, Rewriting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_core.findings import Finding
    from calico_core.json.pointers import Path
    from calico_migrate.marathon.definitions import Definition, Discarded
    from calico_migrate.marathon.verification import Proof


def rewrite(
    text: str,
    options: Options = Options(),  # noqa: B008
    *,
    prove: bool = True,
    build: bool = True,
) -> Rewriting:
    """Moves every definition in a JSON document to the new network.

    ``build`` False leaves out the new text, and ``prove`` False the proof too. Raises InputError (with line
    and column, without a path) where the text is no JSON, UsageError where ``for_update`` does not fit the
    document, and VerificationError where the result differs from the plan.
    """
    with collector.set_aside():
        try:
            return _rewrite(text, options, prove=prove or build, build=build)
        except RecursionError:
            raise _too_deep() from None


def _rewrite(text: str, options: Options, *, prove: bool, build: bool) -> Rewriting:
    work = _Work(text, options, prove=prove)
    kind, discarded = walk(text, work.take, work.pass_over)
    edits, found = work.edits, work.found
    if discarded:
        edits = [edit for edit in edits if not _is_dead(edit.start, discarded)]
        found = [each for each in found if not _is_dead(each[0], discarded)]
    name = work.identities.at
    # A document that is no definition at all is spoken of as a whole, by whoever passes over it.
    findings = [each.about(name(start)) for start, said in found for each in said if kind]
    result = Rewriting(kind, edits, findings, None, work.lines, work.identities)
    if options.for_update:
        from calico_migrate.marathon import for_update

        if kind is None:
            for_update.refuse(text)
            return result
        return for_update.finish(text, result, build=build)
    if not edits or work.proof is None or not build:
        return result
    return result._replace(after=work.proof.build(discarded))


class _Work:
    """What is planned, said and proved, one definition after the other."""

    def __init__(self, text: str, options: Options, *, prove: bool) -> None:
        self._text = text
        self.lines = Lines(text)
        self.edits: list[Edit] = []
        # What rules say, beside where the definition begins of which they say it.
        self.found: list[tuple[int, list[Finding]]] = []
        self.identities = Identities()
        self.proof = _proof(text) if prove else None
        self._options = options
        self._checks = Checks(options.network_map, self.lines, labels_moved=options.move_labels)

    def take(self, definition: Definition) -> None:
        """Plans and checks one definition."""
        try:
            edits = self._look_at(definition)
            if edits:
                self.edits += edits
                if self.proof is not None:
                    self.proof.add(definition, edits)
        except RecursionError:
            raise _too_deep() from None

    def pass_over(self, value: dict[str, Any], path: Path, start: int) -> None:
        """Takes note of an object that is no definition and names a network all the same."""
        from calico_migrate.marathon.skipped import told_of_entry

        told = told_of_entry(self._text, start, value, self._options.network_map, pointer(path))
        if told is not None:
            self.identities.add(start, Identity(identity("app", value), None))
            self.found.append((start, [told.finding()]))

    def _look_at(self, definition: Definition) -> Sequence[Edit]:
        network_map = self._options.network_map
        planned = planning.plan(definition, network_map)
        if self._options.move_labels:
            from calico_migrate.marathon.moving_labels import plan_labels

            plan_labels(definition, planned, network_map)
        said = self._checks.findings(definition, planned)
        if said or planned.edits or self._options.for_update:
            self.identities.add(definition.start, definition.identity)
        if said:
            self.found.append((definition.start, said))
        return planned.edits


def _too_deep() -> InputError:
    return InputError("is nested too deep to be compared")


def _proof(text: str) -> Proof:
    from calico_migrate.marathon.verification import Proof

    return Proof(text)


def _is_dead(offset: int, discarded: Sequence[Discarded]) -> bool:
    """Whether Marathon never sees what stands at an offset, because a later duplicate key replaces it."""
    return any(span.start <= offset < span.end for span in discarded)
