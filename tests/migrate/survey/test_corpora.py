"""The places to move in the corpora: exactly those that their indexes know, debatable ones either way."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

import pytest

from calico_migrate.network_map import NetworkMap
from calico_migrate.survey.look import Settings
from calico_migrate.survey.names import Names
from calico_migrate.survey.place import Place, State
from calico_migrate.survey.run import Options, survey

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def corpus(root: Path) -> Path:
    folder = root.parent / "shared/corpus"
    if not folder.is_dir():
        pytest.skip("the corpora are not beside the project")
    return folder


def rows(index: Path) -> list[dict[str, str]]:
    with index.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def to_move(folder: Path) -> dict[str, list[Place]]:
    network_map = NetworkMap()
    found = survey([str(folder)], Options(Settings(network_map, Names.of(network_map))))
    places: dict[str, list[Place]] = {}
    for place in found.places:
        if place.state is State.TO_MOVE:
            places.setdefault(place.path.removeprefix(f"{folder}/"), []).append(place)
    return places


@pytest.mark.parametrize("name", ["universe", "svc", "frameworks"])
def test_packages(corpus: Path, name: str) -> None:
    places = to_move(corpus / name)
    wrong = []
    for row in rows(corpus / name / "INDEX.tsv"):
        certain = {int(line) for line in re.findall(r"\bL(\d+)\b", row["expected_edits"])}
        debatable = {int(line) for line in re.findall(r"\bL(\d+)\b", row["debatable"])}
        found = {place.line for place in places.pop(row["file"], ())}
        if not certain <= found <= certain | debatable:
            wrong.append((row["file"], sorted(certain), sorted(found)))
    assert wrong == []
    assert places == {}


def test_definitions(corpus: Path) -> None:
    places = to_move(corpus / "marathon")
    wrong = []
    for row in rows(corpus / "marathon/INDEX.tsv"):
        certain = set(re.findall(r"/[^\s=|,]*", row["change_dcos_to_calico (JSON pointers)"]))
        implicit = row["implicit_default_network (insert name if cluster default is dcos)"]
        unnamed = set(re.findall(r"/[^\s=|,]*", implicit))
        found = {place.pointer or "" for place in places.pop(row["file"], ())}
        if row["kind"] == "mustache-template":
            # The index knows definitions; `package` rewrites the name that stands in this template.
            continue
        rest = {
            pointer for pointer in found - certain if not any(pointer.startswith(each) for each in unnamed)
        }
        if not certain <= found or rest or (unnamed and found == certain):
            wrong.append((row["file"], sorted(certain), sorted(unnamed), sorted(found)))
    assert wrong == []
    assert places == {}
