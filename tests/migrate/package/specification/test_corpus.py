"""The collected service specifications come out as their index says, and nothing else changes."""

from __future__ import annotations

import csv
import hashlib
from typing import TYPE_CHECKING

import pytest

from tests.migrate.package.specs import migrated

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("corpus", ["svc", "svc-synthetic", "frameworks"])
def test_every_file_comes_out_as_the_index_says(shared: Path, corpus: str) -> None:
    folder = shared / "corpus" / corpus
    index = (folder / "INDEX.tsv").read_text(encoding="utf-8").splitlines()
    wrong, count = [], 0
    for row in csv.DictReader(index, delimiter="\t", quoting=csv.QUOTE_NONE):
        path = folder / row["file"]
        if path.suffix not in (".yml", ".yaml") or not path.exists():
            continue
        count += 1
        outcome = migrated(path.read_bytes().decode("utf-8"))
        digest = hashlib.sha256(outcome.text.encode()).hexdigest()[:16]
        if digest != row["sha256_16_after"] or not outcome.plan.recognised:
            wrong.append(row["file"])
    assert count
    assert wrong == []
