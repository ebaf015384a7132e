"""Rewritten files without the edits that are settled: the others are made and proved again."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from calico_core.spans import Lines, Spliced, by_place
from calico_migrate.configuration.settling import PlannedEdit
from calico_migrate.rewriting.outcome import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from calico_core.spans import Edit
    from calico_migrate.configuration.settling import Settling
    from calico_migrate.rewriting.outcome import Outcome


def settled(outcomes: Iterable[Outcome], settling: Settling) -> Iterator[Outcome]:
    """The outcomes without what is settled, in their order.

    Where edits only go together, those of a file or of a package, one that is settled settles them all.
    """
    for group, members in groupby(outcomes, key=lambda outcome: outcome.group):
        if not group:
            for outcome in members:
                yield _settled(outcome, settling)
            continue
        before = list(members)
        after = [_settled(outcome, settling) for outcome in before]
        left = sum(len(outcome.report.edits) for outcome in after)
        if 0 < left < sum(len(outcome.report.edits) for outcome in before):
            settling.again(left)
            after = [_unchanged(outcome) for outcome in after]
        yield from after


def _settled(outcome: Outcome, settling: Settling) -> Outcome:
    report = settling.file(outcome.report, outcome.text, partial(_planned, outcome))
    if report is outcome.report:
        return outcome
    outcome, planned = outcome._replace(report=report), outcome.report.edits
    if len(report.edits) == len(planned):
        return outcome
    left = set(map(id, report.edits))
    reported = sorted((edit for edit in outcome.edits if edit.rule), key=by_place)
    dropped = {id(edit) for edit, record in zip(reported, planned, strict=True) if id(record) not in left}
    edits = _without(outcome.edits, dropped)
    if not edits:
        return _unchanged(outcome)
    after = None
    if outcome.rebuild is not None and outcome.after is not None:
        after = Spliced(outcome.rebuild(edits))
    return outcome._replace(edits=edits, after=after)


def _planned(outcome: Outcome) -> list[PlannedEdit]:
    """What is to be known of each edit of a report; where nobody says which go together, all do."""
    text = outcome.text or ""
    lines = outcome.lines or Lines(text)
    touched: dict[int, set[int]] = {}
    lead = 0
    for edit in outcome.edits:
        lead = id(edit) if edit.rule else lead
        touched.setdefault(lead, set()).update(_touched(edit, text, lines))
    reported = sorted((edit for edit in outcome.edits if edit.rule), key=by_place)
    parts = outcome.parts(outcome.edits) if outcome.parts is not None else [WHOLE] * len(reported)
    return [PlannedEdit(part, touched[id(edit)]) for part, edit in zip(parts, reported, strict=True)]


def _touched(edit: Edit, text: str, lines: Lines) -> range:
    """The lines in which something is edited; what is taken out begins behind the comma in front of it."""
    start = edit.start
    if edit.operation == "remove":
        start += len(edit.replacement)
        start += len(text[start : edit.end]) - len(text[start : edit.end].lstrip(", \t\r\n"))
    end = start + len(text[start : edit.end].rstrip())
    return range(lines.position(start).line, lines.position(max(start, end)).line + 1)


def _unchanged(outcome: Outcome) -> Outcome:
    return outcome._replace(report=outcome.report._replace(edits=[]), edits=[], after=None)


def _without(edits: Sequence[Edit], dropped: set[int]) -> list[Edit]:
    """The edits but those dropped, and but those without a rule that belong to one dropped."""
    kept: list[Edit] = []
    keeping = True
    for edit in edits:
        if edit.rule:
            keeping = id(edit) not in dropped
        if keeping:
            kept.append(edit)
    return kept
