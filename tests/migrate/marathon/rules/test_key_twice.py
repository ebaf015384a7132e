"""A key that stands twice in a mapping of YAML."""

from __future__ import annotations

from calico_core.findings import Severity
from calico_migrate.marathon.result import Options
from calico_migrate.marathon.yaml.rewriting import rewrite_yaml

RULE = "key-twice"


def test_the_last_one_counts_and_is_edited() -> None:
    text = "id: /a\ncmd: run\nnetworks: [{name: dcos}]\nnetworks:\n- name: dcos\n  name: dcos\n"
    result = rewrite_yaml(text, Options())
    assert result.after == text[:-5] + "calico\n"
    found = [finding for finding in result.findings if finding.rule == RULE]
    assert [(each.line, each.column, each.severity) for each in found] == [
        (6, 3, Severity.WARNING),
        (4, 1, Severity.WARNING),
    ]
    assert found[1].message == "the key networks stands here a second time; the last one counts"


def test_is_silent_beside_merge_keys_and_in_foreign_files() -> None:
    merged = "id: /a\n<<: {cmd: x, id: b}\ncmd: run\nnetworks: [{name: dcos}]\n"
    assert all(finding.rule != RULE for finding in rewrite_yaml(merged, Options()).findings)
    assert rewrite_yaml("a: 1\na: 2\n", Options()).findings == []
