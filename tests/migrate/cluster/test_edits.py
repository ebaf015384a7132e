"""Edits of definitions, done and undone."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_migrate.cluster.bodies import canonical, digest, stripped
from calico_migrate.cluster.edits import BodyEdit, MismatchError, applied, differences, undone

NAMES = st.sampled_from(["dcos", "calico", "other", "a/b", "a~b"])
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | NAMES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(NAMES, VALUES, min_size=1), st.data())
def test_what_is_done_can_be_undone(body: dict[str, Any], data: st.DataObject) -> None:
    """A plain reference: the value at a path is replaced in a deep copy."""
    path: list[str | int] = []
    value: Any = body
    while isinstance(value, (dict, list)) and value:
        key = data.draw(st.sampled_from(sorted(value) if isinstance(value, dict) else range(len(value))))
        path.append(key)
        value = value[key]
        if data.draw(st.booleans()):
            break
    new = data.draw(NAMES)
    if value is None or value == new:
        return
    pointer = "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in path)
    edit = BodyEdit(pointer, value, new, "rule")
    expected = copy.deepcopy(body)
    holder: Any = expected
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = new
    before = copy.deepcopy(body)
    done = applied(body, [edit])
    assert done == expected
    assert body == before
    assert undone(done, [edit]) == body
    assert differences(body, done) == [pointer]


def test_elements_that_go_and_come_back() -> None:
    body = {"networks": [{"name": "a"}, {"name": "b"}, {"name": "c"}], "x": ["p", "q", "q"]}
    edits = [
        BodyEdit("/networks/0/name", "a", "n", "r"),
        BodyEdit("/networks/1", {"name": "b"}, None, "r"),
        BodyEdit("/networks/2", {"name": "c"}, None, "r"),
        BodyEdit("/x/2", "q", None, "r"),
        BodyEdit("/networks/0/labels", None, {"k": "v"}, "r"),
    ]
    done = applied(body, edits)
    assert done == {"networks": [{"name": "n", "labels": {"k": "v"}}], "x": ["p", "q"]}
    assert undone(done, edits) == body


@pytest.mark.parametrize(
    "edit",
    [
        BodyEdit("/a", "other", "new", "r"),
        BodyEdit("/a", None, "new", "r"),
        BodyEdit("/missing", "x", "new", "r"),
        BodyEdit("/list/5", "x", "new", "r"),
        BodyEdit("/list/01", "x", "new", "r"),
        BodyEdit("/a/below", "x", "new", "r"),
        BodyEdit("/one", True, 2, "r"),
        BodyEdit("a", "x", "new", "r"),
    ],
)
def test_an_edit_that_finds_something_else(edit: BodyEdit) -> None:
    with pytest.raises(MismatchError):
        applied({"a": "value", "list": ["x"], "one": 1}, [edit])


def test_digests_go_by_value() -> None:
    assert digest({"b": 1.0, "a": [2]}) == digest({"a": [2.0], "b": 1})
    assert digest({"a": 1}) != digest({"a": True})
    assert digest({"a": "1"}) != digest({"a": 1})
    assert canonical({"ü": 0.5, "a": None}) == '{"a":null,"ü":0.5}'.encode()


def test_what_is_stripped() -> None:
    body = {"id": "/a", "instances": 2, "version": "v", "tasks": [], "deployments": [], "scaling": 1}
    assert stripped("app", body) == {"id": "/a", "scaling": 1}
    assert stripped("pod", {"id": "/p", "scaling": {}, "version": "v", "instances": 1}) == {
        "id": "/p",
        "instances": 1,
    }
