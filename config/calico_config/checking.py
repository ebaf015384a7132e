"""``config check`` as a library: a text and options in, findings and the installer's verdict out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_config.options import Options
from calico_core.findings import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from calico_config.document.document import Problem
    from calico_config.facts.facts import Facts
    from calico_config.installer import Genconf, InstallerVerdict
    from calico_core.findings import Finding
    from calico_core.report import FileError, FileReport

KIND = "dcos-config"
# A file that breaks one rule more often than this has one cause, and nobody reads on.
MOST_OF_A_RULE = 50


class ConfigCheck(NamedTuple):
    """What `check_config` found.

    ``findings`` are in order of place. ``installer`` is what the DC/OS installer itself would say.
    ``error`` says why the file has no settings (not YAML, not a mapping), None where it has; ``facts`` is
    None then.
    """

    path: str
    findings: list[Finding]
    installer: InstallerVerdict
    error: FileError | None
    facts: Facts | None

    @property
    def report(self) -> FileReport:
        """The same as a file of a report, with the verdict as its ``installer`` object."""
        from calico_core.report import FileReport

        return FileReport(
            self.path,
            KIND,
            findings=self.findings,
            error=self.error,
            extra={"installer": self.installer.as_json()},
        )


def check_config(
    text: str | bytes,
    options: Options | None = None,
    *,
    path: str = "config.yaml",
    genconf: Genconf | None = None,
) -> ConfigCheck:
    """Checks a DC/OS ``config.yaml`` with what the command line adds to it. Reads and writes nothing else.

    ``genconf`` describes a real genconf directory (`calico_config.installer.read_genconf`); without it the
    machine is assumed on which the installer's verdicts were recorded. Raises ValueError for a
    ``dcos_version`` that is none or has no Calico; nothing in the text makes it raise.
    """
    from calico_config.document.reading import read_config
    from calico_config.facts.facts import Facts
    from calico_config.installer import verdict
    from calico_config.parameters import parse_release

    options = options or Options()
    release = parse_release(options.dcos_version or "")
    document = read_config(text)
    judged = verdict(document, dcos_version=release, genconf=genconf)
    facts = Facts(document, options)
    if document.problem is not None:
        from calico_config.rules import unreadable

        return ConfigCheck(path, in_order(list(unreadable(facts))), judged, _error(document.problem), None)
    from calico_config.rules import not_a_config

    told = list(not_a_config.check(facts))
    if told:
        # Whatever else could be said would be about settings that nobody reads.
        return ConfigCheck(path, told, judged, None, facts)
    return ConfigCheck(path, findings_of(facts, judged, genconf), judged, None, facts)


def findings_of(
    facts: Facts, judged: InstallerVerdict | None = None, genconf: Genconf | None = None
) -> list[Finding]:
    """What the rules find in a file that is a config.yaml, in order of place."""
    from calico_config.installer import verdict
    from calico_config.rules import checks

    judged = judged or verdict(facts.document, dcos_version=facts.release, genconf=genconf)
    if judged.status != "ok" or judged.render == "crash":
        from calico_config.installer.refusals import refusals

        facts.refusals = refusals(facts, judged, genconf)
    findings: list[Finding] = []
    for check in checks(facts):
        findings.extend(_at_most(check(facts), facts))
    return in_order(findings)


def _at_most(found: Iterable[Finding], facts: Facts) -> Iterator[Finding]:
    """A rule's findings; where there are very many, the first ones and how many more there are."""
    rest = 0
    worst: Finding | None = None
    try:
        for number, finding in enumerate(found, 1):
            if number <= MOST_OF_A_RULE:
                yield finding
                facts.placeless = number == MOST_OF_A_RULE
            else:
                rest += 1
                if worst is None or finding.severity.rank > worst.severity.rank:
                    worst = finding
    finally:
        facts.placeless = False
    if worst is not None:
        yield worst._replace(
            message=f"{rest:,} more findings of this rule, not shown one by one",
            line=None,
            column=None,
            pointer=None,
        )


def _error(problem: Problem) -> FileError:
    from calico_core.report import FileError

    return FileError(problem.message, problem.line, problem.column)
