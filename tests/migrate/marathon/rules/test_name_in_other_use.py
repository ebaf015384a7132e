"""An anchor that is a network's name in one place, and something else in another."""

from __future__ import annotations

from calico_core.findings import Severity
from calico_migrate.marathon.result import Options
from calico_migrate.marathon.yaml.rewriting import rewrite_yaml

RULE = "name-in-other-use"


def test_names_the_other_use_and_edits_nothing() -> None:
    text = "id: /a\ncmd: run\nnetworks:\n- name: &net dcos\nenv:\n  CLUSTER: *net\n"
    result = rewrite_yaml(text, Options())
    (finding,) = [finding for finding in result.findings if finding.rule == RULE]
    assert (finding.line, finding.column, finding.pointer) == (4, 9, "/env/CLUSTER")
    assert finding.severity is Severity.ERROR
    assert "/env/CLUSTER (line 6)" in finding.message
    assert result.edits == []


def test_is_silent_where_all_users_are_names() -> None:
    text = "id: /a\ncmd: run\nnetworks:\n- name: &net dcos\ncontainer: {portMappings: [{networkNames: [*net]}]}\n"
    result = rewrite_yaml(text, Options())
    assert all(finding.rule != RULE for finding in result.findings)
    assert result.after == text.replace("dcos", "calico")
