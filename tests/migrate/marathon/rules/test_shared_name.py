"""A change that is made once for several users."""

from __future__ import annotations

from calico_core.findings import Severity
from calico_migrate.marathon.result import Options
from calico_migrate.marathon.yaml.rewriting import rewrite_yaml

RULE = "shared-name"


def test_stands_where_the_name_is_written() -> None:
    text = ".net: &net\n  name: dcos\napps:\n- {id: /a, cmd: run, networks: [*net]}\n"
    result = rewrite_yaml(text, Options())
    (finding,) = [finding for finding in result.findings if finding.rule == RULE]
    assert (finding.line, finding.column, finding.severity) == (2, 9, Severity.INFO)
    assert finding.message == "this change is one for /apps/0/networks/0/name (line 4)"
    assert [edit.pointer for edit in result.edits] == ["/apps/0/networks/0/name"]


def test_is_silent_where_nothing_is_shared() -> None:
    text = "a: &a {}\nb: *a\napps:\n- {id: /a, cmd: run, networks: [{name: dcos}]}\n"
    assert all(finding.rule != RULE for finding in rewrite_yaml(text, Options()).findings)
