"""Where the definitions are in a document."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from jsonpointer import resolve_pointer

from calico_core.errors import InputError
from calico_migrate.marathon.definitions import Definition, walk
from tests.migrate.marathon import strategies
from tests.support.definitions import definitions_in
from tests.support.values import paths


@given(strategies.texts())
def test_places_and_values_belong_together(case: tuple[Any, str]) -> None:
    _document, text = case
    whole = json.loads(text.removeprefix("\ufeff"))
    for definition in definitions_in(text):
        assert definition.value == resolve_pointer(whole, definition.pointer())
        assert json.loads(text[definition.start : definition.end]) == definition.whole
        for path, value in paths(definition.value):
            assert json.JSONDecoder().raw_decode(text, definition.offset(path))[0] == value


def test_an_offset_of_what_is_not_there_is_that_of_the_nearest() -> None:
    (definition,) = definitions_in('{"id": "/a", "container": {"docker": {}}}')
    assert definition.offset(("container", "docker", "network")) == 37
    assert definition.offset(("networks",)) == 0


@pytest.mark.parametrize(
    "text",
    [
        '{"id": "a", "cmd": "x", "k": "networks", "net\\u0077orks": 1}',
        '{"id": "a", "cmd": "x", "k": "\\"networks\\"", "networks": 1}',
        '{"id": "a", "cmd": "x", "networks": 0, "networks": 1}',
        '{"id": "a", "cmd": "x", "k": {"networks": 0}, "networks" : 1}',
        '{"id": "a", "cmd": "x", "networks"\n:\n1}',
    ],
)
def test_a_key_that_a_search_would_miss(text: str) -> None:
    (definition,) = definitions_in(text)
    assert text[definition.offset(("networks",))] == "1"


def test_a_search_finds_a_member_only_where_that_is_certain() -> None:
    for text, certain in [
        ('{"id": "dcos", "dcos": 1}', True),
        ('{"id": "", "dcos": 1, "env": {"dcos": 2}}', False),
        ('{"id": "", "d\\u0063os": 1, "env": {"dcos": 2}}', False),
        ('{"id": "x\\"dcos\\": 1"}', False),
        ('{"id": "dcos"}', False),
    ]:
        (definition,) = definitions_in(text.replace("{", '{"args": [], ', 1))
        assert (definition.sole_member("dcos") >= 0) is certain, text


@pytest.mark.parametrize(
    "text",
    [
        '{"apps": [',
        '{"apps": [{"id": "/a"}',
        '{"apps": [{]}',
        '{"apps": []} x',
        '{"groups": [{"apps": [5,]}]}',
    ],
)
def test_broken_documents(text: str) -> None:
    with pytest.raises(InputError, match="is not JSON"):
        definitions_in(text)


def test_earlier_duplicates_are_dead_text() -> None:
    text = '{"apps": [{"cmd": "a"}], "apps": [{"cmd": "b"}], "apps": 5}'
    found: list[Definition] = []
    _, discarded = walk(text, found.append)
    assert len(found) == 2
    assert [text[each.start : each.end] for each in discarded] == ['[{"cmd": "a"}]', '[{"cmd": "b"}]']
    assert [text[each.again :].partition("]")[0] for each in discarded] == [
        '"apps": [{"cmd": "b"}',
        '"apps": 5}',
    ]
    assert [each.path for each in discarded] == [("apps",), ("apps",)]
