"""network.json and the marker line, written and read."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_core.errors import InputError
from calico_migrate.network.generation import promise_of
from calico_migrate.network.promise import SCRIPT_CODES, Marker, Promise
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


def test_the_marker_is_the_last_line_that_is_not_blank() -> None:
    output = (
        "calico-migrate: web a result=ready code=0\nnoise\ncalico-migrate: web a result=created code=0\n\n"
    )
    assert Marker.of_output(output) == Marker("web", "a", "created", 0)
    assert Marker.of_output(output + "noise\n") is None


@pytest.mark.parametrize(
    "line",
    [
        "",
        "calico-migrate: web a result=created",
        "calico-migrate: web a code=0 result=created",
        "calico-migrate: web a result=created code=",
        "calico-migrate: web a result=created code=-1",
        "calico-migrate: web a result=created code=٣",
        "calico-migrate: web a result=created code=0000",
        "calico-migrate: web a b result=created code=0",
        "x calico-migrate: web a result=created code=0",
    ],
)
def test_what_is_no_marker(line: str) -> None:
    assert Marker.of_line(line) is None


@given(st.text())
def test_no_text_breaks_the_reader_of_markers(text: str) -> None:
    marker = Marker.of_output(text)
    assert marker is None or marker.code >= 0


def test_codes_and_words_are_unambiguous() -> None:
    assert len({code.code for code in SCRIPT_CODES}) == len(SCRIPT_CODES)
    assert len({code.word for code in SCRIPT_CODES}) == len(SCRIPT_CODES)
    assert all(0 <= code.code < 125 for code in SCRIPT_CODES)
