"""Definitions that are written in a way in which they cannot be changed."""

from __future__ import annotations

import pytest

from calico_core.findings import Severity
from calico_migrate.marathon.result import Options
from calico_migrate.marathon.yaml.rewriting import rewrite_yaml

RULE = "odd-notation"
HEAD = "id: /a\ncmd: run\n"


@pytest.mark.parametrize(
    "text, words",
    [
        ("networks: [{name: !net dcos}]\n", "tag !net"),
        ("networks: [mode: container]\n", "put it in { }"),
        ("networks:\n- ? mode\n  : container\n", "explicit keys"),
        (".e: &e ~\nnetworks: [{name: *e}]\n", "shared by an alias"),
        (
            "networks: [{name: dcos}, {name: calico, labels: &l {a: b}}]\nlabels: *l\n",
            "&l in it is used elsewhere",
        ),
    ],
)
def test_says_why_and_leaves_the_definition(text: str, words: str) -> None:
    result = rewrite_yaml(HEAD + text, Options())
    (finding,) = [finding for finding in result.findings if finding.rule == RULE]
    assert (finding.line, finding.column, finding.pointer, finding.id) == (1, 1, "", "/a")
    assert finding.severity is Severity.ERROR
    assert words in finding.message
    assert result.edits == []


def test_a_folded_text_in_which_the_json_is_another() -> None:
    text = '- uri:\n    body: >\n      {"id": "/a", "networks": [{"name": "dcos"}],\n      "cmd": "run\n      it"}\n'
    result = rewrite_yaml(text, Options())
    assert result.edits == []


def test_is_silent_on_plain_yaml() -> None:
    result = rewrite_yaml(HEAD + "networks: [{name: dcos}]\n", Options())
    assert all(finding.rule != RULE for finding in result.findings)
