"""What an earlier report has to be."""

from __future__ import annotations

import json
from typing import Any

import pytest

from calico_core.errors import InputError
from calico_migrate.survey.comparing import read_earlier

PLACE: dict[str, Any] = {"path": "a.json", "state": "to-move", "text": "x", "id": "/a", "pointer": "/id"}


def test_a_report_is_read() -> None:
    text = json.dumps({"version": 1, "places": [PLACE, {**PLACE, "id": None, "pointer": None}]})
    assert len(read_earlier(text, "before.json")) == 2


@pytest.mark.parametrize(
    "value",
    [
        [],
        {"version": 2, "places": []},
        {"version": 1},
        {"version": 1, "places": [1]},
        {"version": 1, "places": [{**PLACE, "pointer": [1]}]},
        {"version": 1, "places": [{**PLACE, "id": {}}]},
        {"version": 1, "places": [{**PLACE, "path": None}]},
    ],
)
def test_anything_else_is_no_report(value: object) -> None:
    with pytest.raises(InputError, match="no report of a survey"):
        read_earlier(json.dumps(value), "before.json")


def test_what_is_no_json_is_said() -> None:
    with pytest.raises(InputError, match="no JSON"):
        read_earlier("{", "before.json")
