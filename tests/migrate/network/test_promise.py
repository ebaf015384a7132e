"""network.json, written and read."""

from __future__ import annotations

import json

import pytest

from calico_core.errors import InputError
from calico_migrate.network.generation import promise_of
from calico_migrate.network.promise import Promise
from calico_migrate.network.settings import GenerationSettings

PROMISE = promise_of(GenerationSettings("web", "10.1.0.0/16", agents=("10.0.0.1", "b.example.com")))


def test_a_promise_comes_back_as_it_was() -> None:
    assert Promise.from_json(PROMISE.to_json()) == PROMISE


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"network": None},
        {"mode": "plain"},
        {"blockSize": True},
        {"blockSize": "26"},
        {"agents": {}},
        {"agents": ["10.0.0.1"]},
        {"agents": [{"name": "a", "role": "boss"}]},
        {"agents": [{"role": "join"}]},
        {"isolated": 1},
    ],
)
def test_what_is_no_promise_is_refused(change: dict[str, object]) -> None:
    document = {**json.loads(PROMISE.to_json()), **change}
    with pytest.raises(InputError) as raised:
        Promise.from_json(json.dumps(document), path="web/network.json")
    assert raised.value.path == "web/network.json"


@pytest.mark.parametrize("text", ["", "[]", "null", "{", "[" * 100_000])
def test_what_is_no_json_object_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        Promise.from_json(text)
