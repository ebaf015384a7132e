"""The collector of the rules' tables: each row of ``SPEAKS`` and ``SILENT`` is a test."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from calico_config import Options, check_config

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from calico_core.findings import Finding
    from tests.config.rules.tables import Case

_SAID = re.compile(r"(?:(\d+):(\d+): )?(error|warning|info): (.+)", re.DOTALL)


class Row(pytest.Item):
    """One row of a table."""

    def __init__(self, *, rule: str, case: Case, **keywords: Any) -> None:
        super().__init__(**keywords)
        self.rule = rule
        self.case = case

    def runtest(self) -> None:
        result = check_config(self.case.text, Options(**self.case.options))
        assert result.error is None
        findings = [finding for finding in result.findings if finding.rule == self.rule]
        shown = [_shown(finding) for finding in findings]
        assert len(findings) == len(self.case.said), shown
        for finding, said in zip(findings, self.case.said, strict=True):
            match = _SAID.fullmatch(said)
            assert match is not None, f"{said!r} is not `LINE:COLUMN: SEVERITY: WORDS`"
            line, column, severity, words = match.groups()
            place = (int(line), int(column)) if line else (None, None)
            assert (finding.line, finding.column) == place, shown
            assert (str(finding.severity), words in f"{finding.message} {finding.hint}") == (
                severity,
                True,
            ), shown
            assert finding.hint
            assert finding.source

    def reportinfo(self) -> tuple[Path, None, str]:
        return self.path, None, f"{self.rule}: {self.name}"


class Table(pytest.Module):
    """A module with the tables of one rule."""

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        yield from super().collect()
        rule = self.path.stem.removeprefix("test_").replace("_", "-")
        speaks, silent = self.obj.SPEAKS, self.obj.SILENT
        assert all(case.said for case in speaks), "a row of SPEAKS says nothing"
        assert not any(case.said for case in silent), "a row of SILENT says something"
        assert speaks, "the rule never speaks"
        assert silent, "the rule is never silent"
        for kind, cases in (("speaks", speaks), ("silent", silent)):
            for number, case in enumerate(cases):
                yield Row.from_parent(self, name=f"{kind}[{number}]", rule=rule, case=case)


def _shown(finding: Finding) -> str:
    place = f"{finding.line}:{finding.column}: " if finding.line is not None else ""
    return f"{place}{finding.severity}: {finding.message}"


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Module:
    return Table.from_parent(parent, path=module_path)
