"""The whole job on one document: read, plan, check, rewrite, and verify the result."""

from __future__ import annotations

import contextlib
import gc
from typing import TYPE_CHECKING, NamedTuple

from calico_core.errors import InputError
from calico_core.spans import Edit, Lines
from calico_migrate.marathon import planning
from calico_migrate.marathon.checking import Checks
from calico_migrate.marathon.definitions import Walk
from calico_migrate.marathon.ordinary import Ordinary
from calico_migrate.network_map import NetworkMap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calico_core.findings import Finding
    from calico_migrate.marathon.verification import Proof


class Options(NamedTuple):
    """What to do: which network becomes which, and whether misplaced policy labels are moved.

    ``for_update`` takes out of one app or pod what must not go back to Marathon.
    """

    network_map: NetworkMap = NetworkMap()
    move_labels: bool = False
    for_update: bool = False


class Rewriting(NamedTuple):
    """What becomes of a document.

    ``kind`` is the report's kind, None where the document is no definition. ``after`` is the verified new
    text, None where nothing changes or nothing was asked to be built. ``lines`` knows where lines begin.
    """

    kind: str | None
    edits: list[Edit]
    findings: list[Finding]
    after: str | None
    lines: Lines


def rewrite(
    text: str,
    options: Options = Options(),  # noqa: B008
    *,
    prove: bool = True,
    build: bool = True,
) -> Rewriting:
    """Moves every definition in a JSON document to the new network.

    ``build`` False leaves out the new text, and ``prove`` False the proof too. Raises InputError (with line and column, without a path) where
    the text is no JSON, UsageError where ``for_update`` does not fit the document, and VerificationError
    where the result differs from the plan.
    """
    with _without_collector():
        try:
            return _rewrite(text, options, prove=prove or build, build=build)
        except RecursionError:
            raise InputError("is nested too deep to be compared") from None


def _rewrite(text: str, options: Options, *, prove: bool, build: bool) -> Rewriting:
    walk = Walk(text)
    lines = Lines(text)
    checks = Checks(text, options.network_map, lines, labels_moved=options.move_labels)
    edits: list[Edit] = []
    # What rules say, beside where the definition begins of which they say it.
    found: list[tuple[int, list[Finding]]] = []
    proof = _proof(text) if prove else None
    ordinary = Ordinary(options.network_map)
    for definition in walk:
        simple = ordinary.edits(definition)
        if simple is not None:
            if simple:
                edits += simple
                if proof is not None:
                    proof.add(definition, simple)
            continue
        planned = planning.plan(definition, options.network_map)
        if options.move_labels:
            from calico_migrate.marathon.moving_labels import plan_labels

            plan_labels(definition, planned, options.network_map)
        said = checks.findings(definition, planned)
        if said:
            found.append((definition.start, said))
        if planned.edits:
            edits += planned.edits
            if proof is not None:
                proof.add(definition, planned.edits)
    if walk.discarded:
        edits = [edit for edit in edits if not _is_dead(edit.start, walk)]
        found = [each for each in found if not _is_dead(each[0], walk)]
    findings = [finding for _, said in found for finding in said]
    result = Rewriting(walk.kind, edits, findings, None, lines)
    if walk.kind is not None and options.for_update:
        from calico_migrate.marathon import for_update

        return for_update.finish(text, result, build=build)
    if not edits or proof is None or not build:
        return result
    return result._replace(after=proof.build(walk.discarded))


def _proof(text: str) -> Proof:
    from calico_migrate.marathon.verification import Proof

    return Proof(text)


def _is_dead(offset: int, walk: Walk) -> bool:
    """Whether Marathon never sees what stands at an offset, because a later duplicate key replaces it."""
    return any(span.start <= offset < span.end for span in walk.discarded)


@contextlib.contextmanager
def _without_collector() -> Iterator[None]:
    """Parsed JSON has no cycles; the collector would look at each value many times for nothing."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
