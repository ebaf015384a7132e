"""The verdicts of the real installer: 409 recorded configurations, and 60 real files."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest

from calico_config.document.reading import read_config
from calico_config.installer import InstallerVerdict, verdict

if TYPE_CHECKING:
    from pathlib import Path

# Recorded configurations whose verdict is not predicted, each with its reason.
MISSES: dict[str, str] = {}


@pytest.fixture(scope="module")
def recorded(shared: Path) -> list[tuple[dict[str, Any], InstallerVerdict]]:
    lines = (shared / "corpus/config/installer-verdicts.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert len(rows) == 409
    return [(row, verdict(read_config(row["config_yaml"].encode()), dcos_version="2.2.1")) for row in rows]


def test_status_parameters_and_unset_are_predicted(
    recorded: list[tuple[dict[str, Any], InstallerVerdict]],
) -> None:
    missed = [
        row["name"]
        for row, judged in recorded
        if (judged.status, sorted(judged.errors), judged.unset)
        != (row["status"], sorted(row["errors"]), row["unset"])
    ]
    assert missed == list(MISSES)


def test_the_texts_are_predicted(recorded: list[tuple[dict[str, Any], InstallerVerdict]]) -> None:
    assert [row["name"] for row, judged in recorded if judged.errors != row["errors"]] == []


def test_what_rendering_does_is_predicted(recorded: list[tuple[dict[str, Any], InstallerVerdict]]) -> None:
    assert [row["name"] for row, judged in recorded if judged.render != row.get("render")] == []


def test_the_end_of_a_traceback_is_predicted(
    recorded: list[tuple[dict[str, Any], InstallerVerdict]],
) -> None:
    """Exceptions with a text of their own; where the installer logs before it raises, the log's text."""
    for row, judged in recorded:
        if row["status"] == "yaml_error":
            text = row["exception"].removeprefix("YamlParseError: Invalid YAML in genconf/config.yaml: ")
            assert judged.reason == text
        elif row["status"] == "crash" and row.get("log"):
            assert judged.reason == row["log"][0]
        elif row["status"] == "crash" and row["exception"].startswith(("Unicode", "FileNotFound")):
            assert judged.reason == row["exception"]
        elif row["status"] == "crash":
            assert judged.reason


def test_the_real_files_are_predicted(shared: Path) -> None:
    examples = shared / "corpus/config/examples"
    with (examples / "INDEX.tsv").open(encoding="utf-8", newline="") as index:
        rows = list(csv.DictReader(index, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(rows) == 60
    for row in rows:
        judged = verdict(read_config((examples / row["file"]).read_bytes()))
        assert judged.status == row["status"], row["file"]
        if judged.status == "errors":
            parts = row["detail"].split("; ")
            unset = [part.removeprefix("UNSET ").split(",") for part in parts if part.startswith("UNSET ")]
            assert judged.unset == (unset[0] if unset else []), row["file"]
            named = {part.partition(":")[0] for part in parts if ": " in part}
            assert set(judged.errors) == named, row["file"]
