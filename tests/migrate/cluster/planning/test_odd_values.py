"""Odd values in a plan and in a snapshot's files: a refusal in one line, never what nobody expected."""

from __future__ import annotations

import json
import random
import re
from typing import TYPE_CHECKING

import pytest

from tests.fuzz.oddities import oddities
from tests.migrate.cluster.lab import app

if TYPE_CHECKING:
    from tests.migrate.cluster.lab import Lab

RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def check(lab: Lab, *arguments: str) -> None:
    result = lab.run(*arguments)
    told = f"{arguments} {result.error[:600]!r}"
    assert result.code in (0, 1, 2, 3, 4, 5), told
    assert b"internal error" not in result.out + result.error, told
    assert not RAW.search(result.text + result.errors), told


@pytest.mark.parametrize("most", [40, pytest.param(1000, marks=pytest.mark.long)])
def test_plans(most: int, lab: Lab) -> None:
    for identity in ("/shop/web", "/shop/db"):
        lab.cluster.add(app(identity))
    lab.planned()
    found = list(oddities(lab.read_plan()))
    for document in random.Random("plans").sample(found, min(most, len(found))):
        lab.plan_path.write_text(json.dumps(document))
        check(lab, "show", str(lab.plan_path))


@pytest.mark.parametrize("most", [10, pytest.param(150, marks=pytest.mark.long)])
def test_snapshots(most: int, lab: Lab) -> None:
    for identity in ("/shop/web", "/shop/db"):
        lab.cluster.add(app(identity))
    assert lab.snapshot().code == 0
    for path in sorted((lab.path / "snapshot").rglob("*.json")):
        sound = path.read_bytes()
        found = list(oddities(json.loads(sound)))
        for document in random.Random(path.name).sample(found, min(most, len(found))):
            path.write_text(json.dumps(document))
            check(lab, "plan", str(lab.path / "snapshot"), "-o", str(lab.plan_path))
            lab.plan_path.unlink(missing_ok=True)
        path.write_bytes(sound)
