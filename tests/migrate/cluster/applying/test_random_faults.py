"""Faults of every kind at random requests: whatever happens, what must never happen does not, and it ends well."""

from __future__ import annotations

import os
import random
import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.migrate.cluster.lab import app, pod
from tests.support.standin import faults

if TYPE_CHECKING:
    from tests.migrate.cluster.lab import Lab
    from tests.support.standin import Cluster

ROUNDS = int(os.environ.get("CLUSTER_ROUNDS", "12"))
ITEMS = ("/a", "/b", "/c", "/p")
READS = ("reset-before", "502-before", "504-after", "malformed", "html", "cut", "answer")
WRITES = ("reset-before", "reset-after", "504-after", "502-before", "malformed", "html", "answer")
ANSWERS = (faults.UNAUTHORISED, faults.GATEWAY_TIMEOUT, faults.HTML, faults.redirect("http://other.example/"))
PATHS = (
    "/metadata",
    "/v2/info",
    "/v2/apps/a$",
    "/v2/apps/b$",
    "/v2/pods/p",
    "/v2/deployments",
    "/mesos/state",
    "/versions",
    "/v2/",
)


def scramble(lab: Lab, chance: random.Random) -> None:
    """Some faults for the next run."""
    lab.served.faults.clear()
    for _ in range(chance.randint(1, 4)):
        skip, times = chance.randint(0, 12), chance.choice([1, 1, 2, 30])
        answered: Any = chance.choice(ANSWERS)
        if chance.random() < 0.4:
            lab.fault(
                "PATCH", "/v2/apps/", chance.choice(WRITES), skip=skip // 6, times=times, answered=answered
            )
            lab.fault("PUT", "/v2/pods/", chance.choice(WRITES), times=times, answered=answered)
        else:
            lab.fault(
                "GET", chance.choice(PATHS), chance.choice(READS), skip=skip, times=times, answered=answered
            )
    event = chance.random()
    if event < 0.15:
        lab.fault("GET", "/v2/", "act", skip=chance.randint(1, 20), action=lose)
    elif event < 0.3:
        item = chance.choice(ITEMS)
        lab.fault("GET", "/v2/", "act", skip=chance.randint(1, 20), action=lambda c: c.scale(item, 3))


def lose(cluster: Cluster) -> None:
    cluster.leaderless_until = time.monotonic() + 0.2


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_random_faults(lab: Lab, seed: int) -> None:
    chance = random.Random(seed)
    for item in ITEMS[:-1]:
        lab.cluster.add(app(item))
    lab.cluster.add(pod("/p"))
    lab.planned("--canary", "none")
    images = {item: lab.spec(item).body.get("container") for item in ITEMS}
    for _ in range(6):
        scramble(lab, chance)
        sent = {item: lab.intents(item) for item in ITEMS}
        chosen = chance.sample(ITEMS, chance.randint(1, 3))
        only = [word for item in chosen for word in ("--item", item)]
        result = lab.apply(*only, "--max-in-flight", str(chance.choice([1, 2])), "--unknown-wait", "100ms")
        assert result.code in (0, 1, 2, 3, 4), result.errors
        # In one run nothing is sent twice, but where the first one was clearly refused.
        for item in ITEMS:
            events = [
                e for e in lab.journal() if e.get("item") == f"marathon:{item}" and e["event"] == "answer"
            ]
            new = lab.intents(item) - sent[item]
            unclear = [e for e in events[-new:] if e["status"] is None or e["status"] >= 500] if new else []
            assert new <= 1 or not unclear[:-1], (item, events)
    lab.served.faults.clear()
    for _ in range(3):
        if lab.apply().code == 0:
            break
    assert lab.apply().code == 0
    assert {lab.network(item) for item in ITEMS} == {"calico"}
    assert {item: lab.spec(item).updates for item in ITEMS} == dict.fromkeys(ITEMS, 1)
    assert {item: lab.spec(item).body.get("container") for item in ITEMS} == images
    assert {request.method for request in lab.served.writes()} <= {"PATCH", "PUT"}
    assert all(request.authorization in ("", "token=good-token") for request in lab.served.requests)
    assert lab.run("status", str(lab.plan_path), "--check", *lab.connection()).code == 0
    assert lab.rollback("--all").code == 0
    assert {lab.network(item) for item in ITEMS} == {"dcos"}
