"""Which files are worked on together."""

from __future__ import annotations

import os

import pytest

from calico_migrate.package.units import Unit, is_wanted, number_of, root_of, units
from calico_migrate.package.universe import parts
from calico_migrate.rewriting.inputs import Input


def inputs(*paths: str, root: str = ".", named: bool = False) -> list[Input]:
    return [Input(path, root, path, named) for path in paths]


def shape(found: list[Unit]) -> list[tuple[str, list[str], list[str]]]:
    return [(unit.directory, sorted(unit.parts), [entry.path for entry in unit.others]) for unit in found]


def test_a_universe_is_its_packages() -> None:
    found = units(
        inputs("r/a/1/package.json", "r/a/1/config.json", "r/a/9/marathon.json.mustache", "r/README")
    )
    assert shape(found) == [
        ("r/a/1", [parts.CONFIG, parts.PACKAGE], []),
        ("r/a/9", [parts.TEMPLATE], []),
        ("", [], ["r/README"]),
    ]
    assert [unit.is_newest for unit in found] == [False, True, True]
    assert [unit.number for unit in found] == [1, 9, None]


def test_a_framework_owns_what_is_below_its_root() -> None:
    found = units(
        inputs(
            "f/one/universe/package.json",
            "f/one/universe/config.json",
            "f/one/src/svc.yml",
            "f/two/universe/marathon.json.mustache",
            "f/two/svc.yml",
            "f/svc.yml",
        )
    )
    assert shape(found) == [
        ("f/one/universe", [parts.CONFIG, parts.PACKAGE], ["f/one/src/svc.yml"]),
        ("f/two/universe", [parts.TEMPLATE], ["f/two/svc.yml"]),
        ("", [], ["f/svc.yml"]),
    ]
    assert [unit.source for unit in found] == [True, True, False]


def test_the_innermost_framework_owns() -> None:
    found = units(
        inputs(
            "f/universe/package.json",
            "f/universe/config.json",
            "f/g/universe/marathon.json.mustache",
            "f/g/svc.yml",
        )
    )
    assert shape(found)[1] == ("f/g/universe", [parts.TEMPLATE], ["f/g/svc.yml"])


@pytest.mark.parametrize("name", ["package.json", "config.json", "resource.json"])
def test_one_file_of_that_name_is_no_package(name: str) -> None:
    assert shape(units(inputs(f"node/{name}"))) == [("", [], [f"node/{name}"])]


def test_a_release_that_the_user_named_stands_for_itself() -> None:
    old = inputs("r/a/1/package.json", "r/a/1/config.json", root="r/a/1")
    new = inputs("r/a/2/package.json", "r/a/2/config.json", root="r")
    assert [unit.is_newest for unit in units([*old, *new])] == [True, True]


def test_standard_input_stands_alone() -> None:
    assert shape(units(inputs("-"))) == [("", [], ["-"])]


@pytest.mark.parametrize(
    "name", ["svc.yml", "spec", "a.json", "x.mustache", "t.py", "build.gradle", ".yml", "Makefile"]
)
def test_wanted(name: str) -> None:
    assert is_wanted(name)


@pytest.mark.parametrize("name", ["a.jar", "b.PNG", "c.zip", "d.java", "e.md"])
def test_passed_over(name: str) -> None:
    assert not is_wanted(name)


def test_roots_and_numbers() -> None:
    assert root_of("a/universe") == os.path.abspath("a")
    assert root_of("a/package") == os.path.abspath("a/package")
    assert number_of("a/12") == 12
    assert number_of("a/12x") is None
    assert number_of("a/²") is None
