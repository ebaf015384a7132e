"""The marker line, and the codes of the scripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_migrate.network.markers import SCRIPT_CODES, Marker


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
