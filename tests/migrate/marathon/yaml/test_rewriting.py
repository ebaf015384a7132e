"""YAML definitions come back byte for byte but for what must change, and change as the same value in JSON does."""

from __future__ import annotations

import json
from typing import Any

import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from calico_migrate.marathon.result import Options
from calico_migrate.marathon.rewriting import rewrite
from calico_migrate.marathon.yaml.rewriting import rewrite_yaml
from calico_migrate.network_map import NetworkMap
from tests.migrate.marathon import reference
from tests.migrate.marathon.yaml import spellings

MAP = NetworkMap(dict(reference.NAMES), reference.DEFAULT)
CHOICES = st.sampled_from([Options(MAP), Options(MAP, move_labels=True)])


def told(result: Any) -> set[tuple[Any, ...]]:
    return {
        (edit.pointer, json.dumps(edit.old), json.dumps(edit.new), edit.rule, edit.operation)
        for edit in result.edits
        if edit.rule
    }


@given(spellings.texts(), CHOICES)
def test_equals_the_json_path_on_the_same_value(case: tuple[Any, str], options: Options) -> None:
    document, text = case
    assume(yaml.safe_load(text) == document)
    in_json = rewrite(json.dumps(document), options)
    in_yaml = rewrite_yaml(text, options)
    assert "odd-notation" not in {finding.rule for finding in in_yaml.findings}
    assert told(in_yaml) == told(in_json)
    assert sorted((f.rule, f.pointer or "", f.message, f.id or "") for f in in_yaml.findings) == sorted(
        (f.rule, f.pointer or "", f.message, f.id or "") for f in in_json.findings
    )
    after = text if in_yaml.after is None else in_yaml.after
    expected = document if in_json.after is None else json.loads(in_json.after)
    assert yaml.safe_load(after) == expected
    assert [event for event in after.splitlines() if "#" in event and "as it was" not in event] == [
        event for event in text.splitlines() if "#" in event and "as it was" not in event
    ]


@given(spellings.texts(), CHOICES)
def test_is_lossless_outside_the_edits(case: tuple[Any, str], options: Options) -> None:
    _, text = case
    result = rewrite_yaml(text, options)
    after = text if result.after is None else result.after
    place_before = place_after = 0
    for edit in sorted(result.edits, key=lambda e: (e.start, e.end)):
        kept = text[place_before : edit.start]
        assert after[place_after : place_after + len(kept)] == kept
        place_after += len(kept) + len(edit.replacement)
        place_before = edit.end
    assert after[place_after:] == text[place_before:]
    if text.count("\n") == text.count("\r\n") > 0:
        assert after.count("\n") == after.count("\r\n")
    assert after.endswith("\n") == text.endswith("\n")


@given(spellings.texts())
def test_is_idempotent(case: tuple[Any, str]) -> None:
    once = rewrite_yaml(case[1], Options(MAP))
    again = rewrite_yaml(case[1] if once.after is None else once.after, Options(MAP))
    assert again.edits == []
    assert again.after is None


@given(spellings.texts(), CHOICES)
def test_planning_alone_finds_the_same_edits(case: tuple[Any, str], options: Options) -> None:
    built, planned = rewrite_yaml(case[1], options), rewrite_yaml(case[1], options, build=False)
    assert planned.edits == built.edits
    assert planned.findings == built.findings
    assert planned.after is None


def test_what_is_spelled_with_escapes_is_found() -> None:
    text = 'id: /a\nnetworks: [{name: "dc\\x6fs"}]\nenv: {ADDRESS: "\\x39.0.2.17", NETWORK: "\\x64cos"}\n'
    result = rewrite_yaml(text, Options(MAP))
    assert sorted(finding.rule for finding in result.findings) == [
        "network-named-elsewhere",
        "overlay-address",
    ]
    assert [edit.pointer for edit in result.edits] == ["/networks/0/name"]
