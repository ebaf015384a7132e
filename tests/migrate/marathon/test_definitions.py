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


def walked(document: Any) -> list[tuple[str, str]]:
    text = document if isinstance(document, str) else json.dumps(document)
    return [(definition.kind, definition.pointer()) for definition in definitions_in(text)]


@pytest.mark.parametrize(
    "document,expected",
    [
        ({"id": "/a"}, [("app", "")]),
        ({"cmd": "x"}, [("app", "")]),
        ({"args": []}, [("app", "")]),
        ({"ipAddress": {}}, [("app", "")]),
        ({"container": {}}, [("app", "")]),
        ({"networks": []}, [("app", "")]),
        ({"containers": []}, [("pod", "")]),
        ({"containers": {}}, [("app", "")]),
        ({"run": {}}, [("job", "")]),
        ({"run": "x", "id": "/a"}, [("app", "")]),
        ({"haproxy": {}}, [("edgelb-pool", "")]),
        ({"virtualNetworks": []}, [("edgelb-pool", "")]),
        ({"spec": {"containers": []}, "instances": []}, [("pod", "/spec")]),
        ({"spec": {}, "kind": "Other"}, []),
        ({"app": {"id": "/a"}}, [("app", "/app")]),
        ({"pod": {"id": "/p", "containers": []}}, [("pod", "/pod")]),
        ({"apps": [{"id": "/a"}, 5, {"id": "/b"}]}, [("app", "/apps/0"), ("app", "/apps/2")]),
        ({"*": [{"id": "/a"}]}, [("app", "/*/0")]),
        ({"queue": [{"count": 1, "app": {"id": "/a"}}, {"pod": {"containers": []}}]},
         [("app", "/queue/0/app"), ("pod", "/queue/1/pod")]),
        ([{"id": "/a"}, {"run": {}}, {"app": {"id": "/b"}}], [("app", "/0"), ("job", "/1"), ("app", "/2/app")]),
        ({"id": "/", "apps": [], "groups": [{"id": "g", "apps": [{"id": "a"}],
                                             "pods": [{"id": "p", "spec": {"containers": []}}],
                                             "groups": [{"apps": [{"id": "b"}]}]}]},
         [("app", "/groups/0/apps/0"), ("pod", "/groups/0/pods/0/spec"), ("app", "/groups/0/groups/0/apps/0")]),
        ({"id": "/", "groups": []}, []),
        ({"name": "package", "version": "1"}, []),
        ([], []),
        ("5", []),
        ('"dcos"', []),
        ([[{"id": "/a"}]], []),
    ],
)  # fmt: skip
def test_shapes(document: Any, expected: list[tuple[str, str]]) -> None:
    assert walked(document) == expected


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
        '{"k": "networks", "net\\u0077orks": 1}',
        '{"k": "\\"networks\\"", "networks": 1}',
        '{"networks": 0, "networks": 1}',
        '{"k": {"networks": 0}, "networks" : 1}',
        '{"networks"\n:\n1}',
    ],
)
def test_a_key_that_a_search_would_miss(text: str) -> None:
    (definition,) = definitions_in(text)
    assert text[definition.offset(("networks",))] == "1"


def test_a_search_finds_a_text_only_where_that_is_certain() -> None:
    for text, certain in [
        ('{"name": "dcos"}', True),
        ('{"name": "dcos", "id": "dcos"}', False),
        ('{"name": "d\\u0063os", "id": "dcos"}', False),
        ('{"id": "x\\"dcos\\"", "cmd": ""}', False),
        ('{"id": "x"}', False),
    ]:
        (definition,) = definitions_in(text if '"id"' in text else text.replace("{", '{"id": "", ', 1))
        assert (definition.sole("dcos") >= 0) is certain, text


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
    text = '{"apps": [{"id": "a"}], "apps": [{"id": "b"}], "apps": 5}'
    found: list[Definition] = []
    _, discarded = walk(text, found.append)
    assert len(found) == 2
    assert [text[slice(*span)] for span in discarded] == ['[{"id": "a"}]', '[{"id": "b"}]']
