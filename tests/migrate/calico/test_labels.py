from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_migrate.calico.kubernetes import label_value_problem, qualified_name_problem
from calico_migrate.calico.labels import sanitise, sanitise_text, sanitise_value

if TYPE_CHECKING:
    from pathlib import Path


def test_every_row_of_the_corpus_agrees(shared: Path) -> None:
    rows = [json.loads(line) for line in (shared / "corpus/label-sanitising.jsonl").read_text().splitlines()]
    assert rows
    for row in rows:
        raw = row["raw"]
        assert sanitise_text(raw) == row["ucr_key"], raw
        assert sanitise_value(raw) == row["ucr_value"], raw
        if "ucr_key_valid" in row:
            assert (not qualified_name_problem(row["ucr_key"])) == row["ucr_key_valid"], raw
            assert (not label_value_problem(row["ucr_value"])) == row["ucr_value_valid"], raw
            assert (not qualified_name_problem(raw)) == row["docker_key_valid"], raw
            assert (not label_value_problem(raw)) == row["docker_value_valid"], raw


def test_ucr_labels_are_sanitised() -> None:
    assert sanitise({"example.com/role": "a b", "team": "/x/y"}, "ucr").labels == {
        "example.com.role": "a-b",
        "team": "x.y",
    }


def test_docker_labels_are_taken_as_they_are() -> None:
    assert sanitise({"example.com/role": "web"}, "docker").labels == {"example.com/role": "web"}


def test_one_bad_docker_label_loses_all() -> None:
    result = sanitise({"role": "web", "path": "/x"}, "docker")
    assert result.labels == {}
    assert [(problem.key, problem.part) for problem in result.problems] == [("path", "value")]


@pytest.mark.parametrize("key", ["", "/", "_x", "x_", "k" * 64])
def test_a_ucr_key_that_stays_bad(key: str) -> None:
    result = sanitise({key: "v", "other": "v"}, "ucr")
    assert result.labels == {}
    assert [problem.key for problem in result.problems] == [key]


def test_a_long_value_is_compressed_before_it_is_sanitised() -> None:
    value = "/" + "v" * 70
    digest = hashlib.sha256(value.encode()).hexdigest()
    assert sanitise({"k": value}, "ucr").labels == {"k": f"{digest[:7]}.{'v' * 53}"}


def test_the_cut_may_fall_inside_a_character() -> None:
    value = "é" * 40 + "x" * 52
    digest = hashlib.sha256(value.encode()).hexdigest()
    assert sanitise_value(value) == f"{digest[:7]}.{'x' * 52}"


def test_keys_that_become_one_are_reported() -> None:
    result = sanitise({"a/b": "1", "a.b": "2"}, "ucr")
    assert result.labels == {"a.b": "2"}
    assert [(c.lost, c.kept, c.arrives_as) for c in result.collisions] == [("a/b", "a.b", "a.b")]


@given(st.dictionaries(st.text(max_size=90), st.text(max_size=90), max_size=5))
def test_nothing_that_arrives_is_forbidden(labels: dict[str, str]) -> None:
    for key, value in sanitise(labels, "ucr").labels.items():
        assert not qualified_name_problem(key)
        assert not label_value_problem(value)


@given(st.text())
def test_sanitising_twice_changes_nothing(text: str) -> None:
    once = sanitise_text(text)
    assert sanitise_text(once) == once
