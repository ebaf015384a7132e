"""A key that stands twice in one object or mapping."""

from __future__ import annotations

import pytest

from calico_core.findings import Severity
from calico_core.spans import Lines
from calico_migrate.marathon.result import Options
from calico_migrate.marathon.rewriting import rewrite
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


ON_DCOS = '[{"mode": "container", "name": "dcos"}]'
HOST = '[{"mode": "host"}]'


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        # `▸` is where the key stands that hides something.
        ('{"id": "/a", "cmd": "run", "networks": ON_DCOS,\n ▸"networks": HOST}', "/networks"),
        ('{"id": "/a", "cmd": "run", "networks": ON_DCOS,\n ▸"networks": ON_DCOS}', "/networks"),
        ('{"id": "/a", "cmd": "run", "networks": [{"name": "dcos", ▸"name": "web"}]}', "/networks/0/name"),
        (
            '[5, {"id": "/a", "cmd": "run", "ipAddress": {"networkName": "dcos"}, ▸"ipAddress": {}}]',
            "/1/ipAddress",
        ),
        (
            '{"id": "/a", "spec": {"id": "/a", "containers": [{}], "networks": ON_DCOS, ▸"networks": HOST}}',
            "/spec/networks",
        ),
        (
            (
                '{"id": "/a", "cmd": "run", "networks": ON_DCOS,'
                ' "container": {"portMappings": [{"networkNames": ["dcos"]}], ▸"portMappings": []}}'
            ),
            "/container/portMappings",
        ),
        ('{"id": "/a", "cmd": "\\u0064o", "networks": ON_DCOS, ▸"networks": HOST}', "/networks"),
        ('{"apps": [{"id": "/a", "cmd": "run", "networks": ON_DCOS}], ▸"apps": []}', "/apps"),
        (
            '{"groups": [{"id": "/g", "apps": [{"cmd": "run"}], ▸"apps": [{"cmd": "walk"}]}]}',
            "/groups/0/apps",
        ),
    ],
)
def test_a_key_in_json_that_hides_something(text: str, pointer: str) -> None:
    text = text.replace("ON_DCOS", ON_DCOS).replace("HOST", HOST)
    place = text.index("▸")
    text = text.replace("▸", "")
    (found,) = [each for each in rewrite(text, Options()).findings if each.rule == RULE]
    assert (found.line, found.column) == Lines(text).position(place)
    assert (found.severity, found.pointer) == (Severity.WARNING, pointer)
    key = pointer.rpartition("/")[2]
    assert found.message == f"the key {key} stands here a second time; the last one counts"
    assert found.hint == "take out the ones that do not count"


@pytest.mark.parametrize(
    "text",
    [
        '{"id": "/a", "cmd": "run", "cmd": "walk", "networks": ON_DCOS}',
        '{"id": "/a", "cmd": "run", "networks": HOST, "networks": ON_DCOS}',
        '{"id": "/a", "cmd": "run", "labels": {"name": "dcos", "x": "name"}, "networks": ON_DCOS}',
        '{"id": "/a", "cmd": "run", "env": {"name": "dcos", "networks": "dcos"}, "networks": ON_DCOS}',
        '{"id": "/a", "cmd": "run --network dcos", "args": ["dcos"], "networks": HOST}',
        '{"apps": [], "apps": [{"id": "/a", "cmd": "run"}]}',
        '{"x": 1, "x": 2}',
    ],
)
def test_is_silent_in_json_where_nothing_is_hidden(text: str) -> None:
    text = text.replace("ON_DCOS", ON_DCOS).replace("HOST", HOST)
    assert [each for each in rewrite(text, Options()).findings if each.rule == RULE] == []
