"""Odd values in a plan and in a snapshot's files: a refusal in one line, never what nobody expected."""

from __future__ import annotations

import hashlib
import json
import random
import re
from typing import TYPE_CHECKING, get_args

import pytest

from calico_migrate.cluster import ids
from tests.fuzz.oddities import oddities
from tests.migrate.cluster.installing import ON, cassandra, pool
from tests.migrate.cluster.lab import app, pod

if TYPE_CHECKING:
    from tests.migrate.cluster.lab import Lab

JOB = {
    "id": "nightly",
    "run": {
        "cmd": "x",
        "ucr": {"image": {"id": "x"}},
        "cpus": 0.1,
        "mem": 32,
        "disk": 0,
        "networks": [{"mode": "container", "name": "dcos"}],
    },
}
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def fill(lab: Lab) -> None:
    """One item of each kind, and one that depends on another."""
    lab.cluster.add(app("/shop/web"))
    lab.cluster.add(app("/shop/db", dependencies=["/shop/web"]))
    lab.cluster.add(pod("/shop/pod"))
    lab.cluster.jobs["nightly"] = JOB
    lab.cluster.install(cassandra(), ON)
    lab.cluster.balance(pool("front"))


def check(lab: Lab, *arguments: str) -> int:
    result = lab.run(*arguments)
    told = f"{arguments} {result.error[:600]!r}"
    assert result.code in (0, 1, 2, 3, 4, 5), told
    assert b"internal error" not in result.out + result.error, told
    assert not RAW.search(result.text + result.errors), told
    return int(result.code)


@pytest.mark.parametrize("most", [40, pytest.param(1000, marks=pytest.mark.long)])
def test_plans(most: int, lab: Lab) -> None:
    fill(lab)
    lab.planned()
    assert {item["kind"] for item in lab.read_plan()["items"].values()} == set(get_args(ids.Kind))
    found = list(oddities(lab.read_plan()))
    for document in random.Random("plans").sample(found, min(most, len(found))):
        lab.plan_path.write_text(json.dumps(document))
        if check(lab, "show", str(lab.plan_path)) == 0:
            check(lab, "apply", str(lab.plan_path), "--dry-run", *lab.connection())


@pytest.mark.parametrize("most", [10, pytest.param(150, marks=pytest.mark.long)])
def test_snapshots(most: int, lab: Lab) -> None:
    fill(lab)
    assert lab.snapshot().code == 0
    folder = lab.path / "snapshot"
    manifest = folder / "MANIFEST.json"
    listed = manifest.read_text()
    for path in sorted(folder.rglob("*.json")):
        sound = path.read_bytes()
        found = list(oddities(json.loads(sound)))
        for document in random.Random(path.name).sample(found, min(most, len(found))):
            odd = json.dumps(document).encode()
            path.write_bytes(odd)
            if path != manifest:
                # As if the cluster had answered so.
                before, now = (hashlib.sha256(each).hexdigest() for each in (sound, odd))
                manifest.write_text(listed.replace(before, now))
            check(lab, "plan", str(folder), "-o", str(lab.plan_path))
            lab.plan_path.unlink(missing_ok=True)
        path.write_bytes(sound)
        manifest.write_text(listed)
