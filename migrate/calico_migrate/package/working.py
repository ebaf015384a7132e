"""Working on one unit, and saying what became of each of its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.errors import CalicoMigrateError, InternalError
from calico_core.report import FileError, FileReport
from calico_migrate.package.results import UnitResult
from calico_migrate.package.single import single
from calico_migrate.rewriting.outcome import Outcome

if TYPE_CHECKING:
    from calico_migrate.package.results import WorkSettings
    from calico_migrate.package.units import Unit


def work(unit: Unit, settings: WorkSettings) -> UnitResult:
    """Works on one unit; what is wrong with a file is said in its outcome."""
    try:
        if unit.parts:
            from calico_migrate.package.whole import work_on_package

            return work_on_package(unit, settings)
        return single(unit.others[0], settings)
    except CalicoMigrateError:
        raise
    except Exception as error:
        # The net under every input: the others go on.
        caught = FileError.of(InternalError.of(error))
        reports = [FileReport(entry.path, "unknown", error=caught) for entry in unit.entries]
        return UnitResult(
            [Outcome(entry, report) for entry, report in zip(unit.entries, reports, strict=True)]
        )
