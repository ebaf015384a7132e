"""RFC 6902 patches from edits."""

from __future__ import annotations

import json
from typing import Any

import jsonpatch
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_core.formats.jsonpatch import operations, render
from calico_core.report import EditRecord, FileError, FileReport, Report


def patch(*edits: EditRecord) -> list[dict[str, Any]]:
    return operations(FileReport("a", "app", list(edits), patchable=True))


def test_each_change_is_guarded() -> None:
    assert patch(
        EditRecord("/a", 1, 1, 1, 2, "r"),
        EditRecord("/b", 1, 1, None, 3, "r", "add", ("/a", 2)),
    ) == [
        {"op": "test", "path": "/a", "value": 1},
        {"op": "replace", "path": "/a", "value": 2},
        {"op": "test", "path": "/a", "value": 2},
        {"op": "add", "path": "/b", "value": 3},
    ]


@given(st.lists(st.integers(0, 9), max_size=8), st.data())
def test_elements_are_taken_out_from_the_end(array: list[int], data: st.DataObject) -> None:
    indices = sorted(data.draw(st.sets(st.integers(0, len(array) - 1)))) if array else []
    edits = [EditRecord(f"/{index}", 1, 1, array[index], None, "r", "remove") for index in indices]
    kept = [value for index, value in enumerate(array) if index not in indices]
    assert jsonpatch.apply_patch(array, patch(*edits)) == kept


def test_a_document_that_changed_meanwhile_is_refused() -> None:
    with pytest.raises(jsonpatch.JsonPatchTestFailed):
        jsonpatch.apply_patch({"a": 9}, patch(EditRecord("/a", 1, 1, 1, 2, "r")))


def test_a_wrapper_comes_off_last() -> None:
    edits = [
        EditRecord("", 1, 1, "/app", None, "r", "move"),
        EditRecord("/app/a", 1, 9, 1, None, "r", "remove"),
    ]
    assert jsonpatch.apply_patch({"app": {"a": 1, "b": 2}}, patch(*edits)) == {"b": 2}


def test_one_input_is_an_array_and_several_an_object() -> None:
    edit = EditRecord("/a", 1, 1, 1, 2, "r")
    one = FileReport("a", "app", [edit], patchable=True)
    template = FileReport("t", "template", [edit])
    broken = FileReport("b", "unknown", error=FileError("x"))
    skipped = FileReport("s", "unknown", skipped=True)
    assert len(json.loads(render(Report([one])))) == 2
    assert json.loads(render(Report([broken]))) == []
    several = json.loads(render(Report([one, template, broken, skipped])))
    assert {path: len(each) for path, each in several.items()} == {"a": 2, "t": 0}
