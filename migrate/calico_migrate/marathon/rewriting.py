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
    from collections.abc import Iterator, Sequence

    from calico_core.findings import Finding
    from calico_core.json.pointers import Path
    from calico_migrate.marathon.definitions import Definition, Discarded
    from calico_migrate.marathon.verification import Proof

# How many definitions are looked at one behind the other, and over how much of the text: what is done for
# many in a row is done in two thirds of the time, and few are in memory at once.
_TOGETHER = 100
_FAR = 200_000


def rewrite(
    text: str,
    options: Options = Options(),  # noqa: B008
    *,
    prove: bool = True,
    build: bool = True,
    place: bool = True,
    errors_only: bool = False,
) -> Rewriting:
    """Moves every definition in a JSON document to the new network.

    ``build`` False leaves out the new text, and ``prove`` False the proof too. Without ``place`` nobody asks
    which definition an edit stands in; with ``errors_only`` only rules that find errors are asked.

    Raises InputError (with line and column, without a path) where the text is no JSON, UsageError where
    ``for_update`` does not fit the document, and VerificationError where the result differs from the plan.
    """
    with collector.set_aside():
        try:
            work = _Work(text, options, prove=prove or build, place=place, errors_only=errors_only)
            return _rewrite(text, options, work, build=build)
        except RecursionError:
            raise _too_deep() from None


def _rewrite(text: str, options: Options, work: _Work, *, build: bool) -> Rewriting:
    kind, discarded = walk(text, work.take, work.pass_over)
    work.settle()
    edits, found = work.edits, work.found
    if discarded:
        edits = [edit for edit in edits if not _is_dead(edit.start, discarded)]
        found = [each for each in found if not _is_dead(each[0], discarded)]
    name = work.identities.at
    # A document that is no definition at all is spoken of as a whole, by whoever passes over it.
    findings = [each.about(name(start)) for start, said in found for each in said if kind]
    if discarded and kind:
        findings += _replaced(discarded, work.lines)
    result = Rewriting(kind, edits, findings, None, work.lines, work.identities, work.has_pools)
    if options.for_update:
        from calico_migrate.marathon import for_update

        if kind is None:
            for_update.refuse(text)
            return result
        return for_update.finish(text, result, build=build)
    if not edits or work.proof is None or not build:
        return result
    return result._replace(new=work.proof.build(discarded))


class _Work:
    """What is planned, said and proved, some definitions after the other."""

    def __init__(self, text: str, options: Options, *, prove: bool, place: bool, errors_only: bool) -> None:
        self._text = text
        self.lines = Lines(text)
        self._pending: list[Definition] = []
        self.edits: list[Edit] = []
        # What rules say, beside where the definition begins of which they say it.
        self.found: list[tuple[int, list[Finding]]] = []
        self.has_pools = False
        self._place = place
        self.identities = Identities()
        self.proof = _proof(text) if prove else None
        self._options = options
        self._checks = Checks(
            options.network_map, self.lines, labels_moved=options.move_labels, errors_only=errors_only
        )

    def take(self, definition: Definition) -> None:
        """Takes one definition in, to be looked at with those around it."""
        if definition.kind == "edgelb-pool":
            self.has_pools = True
        pending = self._pending
        pending.append(definition)
        if len(pending) == _TOGETHER or definition.end - pending[0].start > _FAR:
            self.settle()

    def settle(self) -> None:
        """Plans and checks the definitions that were taken in."""
        pending, self._pending = self._pending, []
        names_all = self._options.for_update
        try:
            within = self._checks.names.within
            for each in pending:
                each.mentions = within(each.text, each.start, each.end)
            plans = planning.plans(pending, self._options)
            told = self._checks.findings_of_each(pending, plans)
            for definition, planned, said in zip(pending, plans, told, strict=True):
                edits = planned.edits
                if said or (edits and self._place) or names_all:
                    self.identities.add(definition.start, definition.identity)
                if said:
                    self.found.append((definition.start, said))
                if edits:
                    self.edits += edits
            if self.proof is not None:
                for definition, planned in zip(pending, plans, strict=True):
                    if planned.edits:
                        self.proof.add(definition, planned.edits)
        except RecursionError:
            raise _too_deep() from None

    def pass_over(self, value: dict[str, Any], path: Path, start: int) -> None:
        """Takes note of an object that is no definition and names a network all the same."""
        from calico_migrate.marathon.skipped import told_of_entry

        self.settle()
        network_map = self._options.network_map
        told = told_of_entry(self._text, start, value, network_map, pointer(path), self.lines)
        if told is not None:
            self.identities.add(start, Identity(identity("app", value), None))
            self.found.append((start, [told.finding()]))


def _too_deep() -> InputError:
    return InputError("is nested too deep to be compared")


def _proof(text: str) -> Proof:
    from calico_migrate.marathon.verification import Proof

    return Proof(text)


def _replaced(discarded: Sequence[Discarded], lines: Lines) -> Iterator[Finding]:
    from calico_migrate.marathon.rules import key_twice

    for each in discarded:
        if each.definitions:
            yield key_twice.finding(str(each.path[-1]), lines.position(each.again), pointer(each.path))


def _is_dead(offset: int, discarded: Sequence[Discarded]) -> bool:
    """Whether Marathon never sees what stands at an offset, because a later duplicate key replaces it."""
    return any(span.start <= offset < span.end for span in discarded)
