"""The places in packages, service specifications and option files: the engine of `package` decides."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from calico_core.spans import Lines
from calico_migrate.package.results import WorkSettings
from calico_migrate.package.run import PackageRun
from calico_migrate.package.units import root_of, units
from calico_migrate.rewriting.inputs import Input
from calico_migrate.survey.definitions import Spot
from calico_migrate.survey.place import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_migrate.survey.look import Settings
    from calico_migrate.survey.tree import File


class Packaged(NamedTuple):
    """What the engine says of one file.

    ``target`` is what the command is given that moves it: a package's directory, a framework's root, or the
    file itself. ``edited`` are the spans that it edits; ``lines`` those of the text that it read.
    """

    path: str
    kind: str
    spots: list[Spot]
    edited: list[tuple[int, int]]
    target: str
    text: str


def look(files: Sequence[File], settings: Settings) -> list[Packaged]:
    """What `package` would do with these files: those that it edits, and what they are."""
    inputs = [Input(file.path, file.root, file.below, named=file.path == file.root) for file in files]
    targets: dict[str, str] = {}
    for unit in units(inputs):
        if unit.parts:
            target = unit.directory if unit.number is not None else os.path.relpath(root_of(unit.directory))
            for entry in (*unit.parts.values(), *unit.others):
                targets[entry.path] = target or "."
    run = PackageRun(WorkSettings(settings.network_map, proof=False, skip_unknown=True))
    found: list[Packaged] = []
    for outcome in run.process(inputs):
        report = outcome.report
        if outcome.text is None or report.error is not None or not outcome.edits:
            continue
        lines = Lines(outcome.text)
        spots = []
        for record in report.edits:
            old = record.old if isinstance(record.old, str) and record.old in settings.names.old else None
            spots.append(
                Spot(
                    lines.offset(record.line, record.column),
                    State.TO_MOVE,
                    old or settings.names.default,
                    record.pointer,
                    record.id,
                )
            )
        found.append(
            Packaged(
                report.path,
                report.kind,
                spots,
                [(edit.start, edit.end) for edit in outcome.edits],
                targets.get(report.path, report.path),
                outcome.text,
            )
        )
    return found
