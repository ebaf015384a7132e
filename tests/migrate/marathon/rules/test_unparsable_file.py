"""Files of a directory that are no JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from calico_core.findings import Severity
from calico_migrate.marathon.files import Settings, process_one
from calico_migrate.rewriting.inputs import Input

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "content,named,passed_over",
    [
        ('{ // strict\n "strict": true}', False, True),
        ('{ // strict\n "strict": true}', True, False),
        ('{ // a\n "networks": []}', False, False),
        ('{ // a\n "ipAddress": {}}', False, False),
        ('{ // a\n "net\\u0077orks": []}', False, False),
    ],
)
def test_passed_over_where_it_can_name_no_network(
    content: str, named: bool, passed_over: bool, tmp_path: Path
) -> None:
    path = tmp_path / "a.json"
    path.write_text(content)
    report = process_one(Input(str(path), str(tmp_path), "a.json", named), Settings()).report
    assert report.skipped is passed_over
    if not passed_over:
        assert report.error is not None
        assert (report.error.line, report.error.column) == (1, 3)
        return
    (finding,) = report.findings
    assert (finding.rule, finding.severity) == ("unparsable-file", Severity.WARNING)
    assert (finding.line, finding.column) == (1, 3)
    assert "comments" in finding.message
