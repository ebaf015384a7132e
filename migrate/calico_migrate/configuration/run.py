"""What a run of a command has of its configuration: the settings, and what is settled on the way out.

Looking for a file is all that happens where there is none: the rest is imported when it is needed.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from calico_core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from calico_core.findings import Finding
    from calico_core.report import Report
    from calico_migrate.configuration.file import Configuration
    from calico_migrate.configuration.settling import Settling
    from calico_migrate.rewriting.outcome import Outcome

_KEEP = b"calico-migrate:"


def keeps_places(outcome: Outcome) -> bool:
    """Whether a comment in a file may say what stays as it is, where no configuration is."""
    text = outcome.text
    return text is not None and not outcome.report.patchable and _KEEP.decode() in text


class Configured:
    """One run's configuration; ``configuration`` is None without a file.

    Raises UsageError for a file that is wrong, or whose baseline is.
    """

    def __init__(
        self, file: str | None = None, *, search: bool = True, write_baseline: str | None = None
    ) -> None:
        if file is not None and not search:
            raise UsageError("--config-file and --no-config contradict each other")
        path = file
        if path is None and search:
            from calico_migrate.configuration.searching import find

            path = find(_has_table)
        self.configuration: Configuration | None = None
        self._write_baseline = write_baseline
        self._settling: Settling | None = None
        if path is not None:
            from calico_migrate.configuration.file import load

            self.configuration = load(path)
        if path is not None or write_baseline is not None:
            self._settling = self._made()

    @property
    def needs_places(self) -> bool:
        """Whether it must be known where edits stand, and not only how many there are."""
        return self._settling is not None

    def outcomes(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        """Rewritten files without what is settled."""
        if self._settling is None:
            for outcome in outcomes:
                if keeps_places(outcome):
                    from calico_migrate.configuration.rewritten import settled

                    yield from settled([outcome], self._idle())
                else:
                    yield outcome
            return
        from calico_migrate.configuration.rewritten import settled

        yield from settled(outcomes, self._settling)

    def report(self, report: Report) -> Report:
        """A report without what is settled."""
        if self._settling is None:
            if not any(file.findings and _mentions_keep(file.path) for file in report.files):
                return report
            self._idle()
        settling = self._settling or self._idle()
        return self.finished(report._replace(files=[settling.file(file) for file in report.files]))

    def finished(self, report: Report) -> Report:
        """A report of what is left, with what is to be said of the configuration; writes a new baseline."""
        settling = self._settling or self._kept
        if settling is None:
            return report
        if self._write_baseline is not None:
            from calico_migrate.configuration import baseline

            baseline.write(self._write_baseline, settling.baseline_counts())
        by = None if self.configuration is None else self.configuration.path
        files = [*report.files, *settling.closing()]
        return report._replace(
            files=files,
            configuration=self._write_baseline or by,
            settled_findings=settling.settled.findings,
            settled_edits=settling.settled.edits,
        )

    def reason(self, finding: Finding) -> str:
        """Why a finding was settled."""
        settling = self._settling or self._kept
        return settling.reasons.get(id(finding), "it goes into the baseline") if settling is not None else ""

    def excludes(self, path: str) -> bool:
        """Whether a file of a directory is left out."""
        return self._settling is not None and self._settling.excludes(path)

    def _made(self) -> Settling:
        from calico_migrate.configuration import baseline
        from calico_migrate.configuration.settling import Settling

        held = None
        configuration = self.configuration
        if configuration is not None and configuration.baseline is not None and self._write_baseline is None:
            held = baseline.load(os.path.join(configuration.directory, configuration.baseline))
        if self._write_baseline is not None:
            baseline.require_own(self._write_baseline)
        return Settling(configuration, held, everything=self._write_baseline)

    _kept: Settling | None = None

    def _idle(self) -> Settling:
        """What settles lines marked ``keep`` alone."""
        if self._kept is None:
            from calico_migrate.configuration.settling import Settling

            self._kept = Settling()
        return self._kept


def _has_table(path: str) -> bool:
    from calico_migrate.configuration.file import has_table

    return has_table(path)


def _mentions_keep(path: str) -> bool:
    """Whether a file may have a line marked ``keep``; what is read only once is no file."""
    if not os.path.isfile(path):
        return False
    try:
        with open(path, "rb") as file:
            return _KEEP in file.read()
    except OSError:
        return False
