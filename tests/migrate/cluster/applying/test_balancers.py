"""Edge-LB's pools: replaced as a whole, and seen to have moved by their plan and their tasks."""

from __future__ import annotations

import json
import signal
from typing import TYPE_CHECKING, Any

import pytest

from tests.migrate.cluster.applying.test_killing import start, until
from tests.migrate.cluster.installing import pool
from tests.migrate.cluster.lab import app
from tests.support.standin import faults

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.migrate.cluster.lab import Lab
    from tests.support.standin import Cluster
    from tests.support.standin.schedulers import Scheduler

KEY = "edgelb:front"
PATH = "/service/edgelb/v2/pools/front"
SERVICE = "dcos-edgelb/pools/front"


@pytest.fixture
def balanced(lab: Lab) -> Lab:
    """A pool of two load balancers on dcos."""
    lab.cluster.balance(pool("front"))
    return lab


def scheduler(lab: Lab) -> Scheduler:
    return lab.cluster.schedulers[SERVICE]


def networks(lab: Lab) -> list[str | None]:
    return [pod.network for pod in scheduler(lab).pods]


def body(lab: Lab) -> dict[str, Any]:
    return lab.cluster.pools["front"].body


def change(cluster: Cluster) -> None:
    """Somebody else's change of the pool."""
    cluster.pools["front"].body["haproxy"]["frontends"][0]["bindPort"] = 8080


def test_a_pool_moves_as_a_whole(balanced: Lab) -> None:
    balanced.cluster.add(app("/web"))
    balanced.planned()
    plan = balanced.read_plan()
    assert [(wave["name"], wave["items"]) for wave in plan["waves"]] == [
        ("canary", ["marathon:/web"]),
        ("edgelb", [KEY]),
    ]
    item = plan["items"][KEY]
    assert (item["kind"], item["service"], item["id"], item["action"]) == (
        "edgelb-pool",
        "edgelb",
        "front",
        "put",
    )
    assert [(e["pointer"], e["old"], e["new"], e["rule"]) for e in item["edits"]] == [
        ("/virtualNetworks/0/name", "dcos", "calico", "rename-network")
    ]
    assert item["scheduler"] == {"service": SERVICE, "framework": scheduler(balanced).framework}
    assert (item["roll"]["instances"], item["roll"]["kill_at_once"], item["needs"]) == (2, 1, [])
    assert (plan["by_hand"], plan["untouched"]) == ([], 0)
    assert balanced.apply().code == 1
    result = balanced.apply()
    assert result.code == 0, result.errors
    sent = balanced.served.writes()[-1]
    assert (sent.method, sent.path) == ("PUT", PATH)
    assert json.loads(sent.body) == pool("front", virtualNetworks=[{"name": "calico", "labels": {}}])
    assert networks(balanced) == ["calico"] * 2
    gates = [
        (e["gate"], e["result"]) for e in balanced.journal() if e.get("item") == KEY and e["event"] == "gate"
    ]
    assert gates == [
        (gate, "passed") for gate in ("tasks", "plan", "addresses", "network", "health", "settle")
    ]
    status = balanced.status()
    assert (status["items"][KEY]["state"], status["items"][KEY]["tasks"]) == ("verified", {"calico": 2})
    assert status["left"] == []
    assert balanced.run("verify", str(balanced.plan_path), *balanced.connection()).code == 0


@pytest.mark.parametrize("lag", [0.0, 0.3])
def test_the_scheduler_may_learn_of_it_later(balanced: Lab, lag: float) -> None:
    balanced.planned()
    balanced.cluster.pool_lag = lag
    assert balanced.apply().code == 0
    assert networks(balanced) == ["calico"] * 2
    assert balanced.cluster.pool_updates == 1


def test_a_pool_whose_scheduler_never_learns_of_it_has_failed(balanced: Lab) -> None:
    balanced.planned()
    balanced.cluster.pool_lag = 10**6
    before = balanced.served.count("GET", "/mesos/state")
    assert balanced.apply("--item-timeout", "500ms").code == 4
    assert balanced.states() == {"front": "failed"}
    assert "network: after 500ms: network: Mesos has edgelb-pool-0-server" in balanced.why("front")
    # Mesos' state is large: it is not asked for at every look.
    assert balanced.served.count("GET", "/mesos/state") - before < 12


def test_a_single_load_balancer_is_an_outage(lab: Lab) -> None:
    lab.cluster.balance(pool("front", count=1))
    lab.planned()
    plan = lab.read_plan()
    assert plan["items"] == {}
    assert [(e["item"], e["rule"], e["do"]) for e in plan["by_hand"]] == [(KEY, "outage", "--allow outage")]
    assert lab.plan("--allow", "outage").code == 0
    assert lab.apply().code == 0
    assert networks(lab) == ["calico"]


def test_a_pool_on_the_hosts_network_stays(lab: Lab) -> None:
    lab.cluster.balance(pool("front", virtualNetworks=[]))
    lab.planned()
    plan = lab.read_plan()
    assert (plan["items"], plan["by_hand"], plan["untouched"]) == ({}, [], 1)


def test_without_a_count_what_runs_counts(lab: Lab) -> None:
    lab.cluster.balance(pool("front", count=None), running=3)
    lab.planned()
    assert lab.read_plan()["items"][KEY]["roll"]["instances"] == 3


def test_where_edge_lb_cannot_be_read_its_pools_stay_by_hand(balanced: Lab) -> None:
    balanced.fault("GET", "/v2/pools$", "answer", times=100, answered=faults.Answered(403, {}, b""))
    assert balanced.snapshot().code == 1
    assert balanced.plan().code == 1
    plan = balanced.read_plan()
    assert plan["items"] == {}
    assert [(e["item"], e["rule"]) for e in plan["by_hand"]] == [(f"marathon:/{SERVICE}", "package")]
    assert "dcos edgelb update" in plan["by_hand"][0]["do"]


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (change, "neither the planned nor the expected one"),
        (lambda cluster: cluster.pools.pop("front"), "it does not exist any more"),
    ],
)
def test_what_was_changed_since_the_plan_is_not_replaced(
    balanced: Lab, act: Callable[[Cluster], object], said: str
) -> None:
    balanced.cluster.balance(pool("other", virtualNetworks=[]))
    balanced.planned()
    act(balanced.cluster)
    assert balanced.apply().code == 1
    assert balanced.served.writes() == []
    assert said in balanced.why("front")


def test_the_count_of_now_is_kept(balanced: Lab) -> None:
    balanced.planned()
    body(balanced)["count"] = 5
    assert balanced.apply().code == 0
    assert body(balanced)["count"] == 5
    assert balanced.rollback("--all").code == 0
    assert body(balanced)["count"] == 5


@pytest.mark.parametrize("kind", ["reset-after", "504-after", "html"])
def test_a_request_that_arrived_without_an_answer_is_not_sent_again(balanced: Lab, kind: str) -> None:
    balanced.planned()
    balanced.fault("PUT", PATH, kind, times=100)
    assert balanced.apply().code == 0
    assert len(balanced.served.writes()) == 1


def test_a_request_that_did_not_arrive_is_sent_by_the_next_run(balanced: Lab) -> None:
    balanced.planned()
    balanced.fault("PUT", PATH, "reset-before", times=100)
    assert balanced.apply().code == 4
    assert balanced.states() == {"front": "unknown"}
    balanced.served.faults.clear()
    assert balanced.apply().code == 0
    assert balanced.cluster.pool_updates == 1


def test_what_edge_lb_refuses_has_failed_with_its_words(balanced: Lab) -> None:
    balanced.planned()
    refusal = faults.Answered(
        400, {"Content-Type": "application/json"}, b'{"code": 400, "message": "invalid pool"}'
    )
    balanced.fault("PUT", PATH, "answer", answered=refusal)
    assert balanced.apply().code == 4
    assert balanced.why("front") == "Edge-LB refused it: HTTP 400: invalid pool"


def test_somebody_else_changes_it_while_it_rolls(balanced: Lab) -> None:
    balanced.planned()
    scheduler(balanced).stuck_at = 1
    balanced.fault("GET", "/v1/plans/deploy", "act", skip=2, action=change)
    assert balanced.apply().code == 1
    assert balanced.why("front").endswith("after it was sent: /haproxy/frontends/0/bindPort")


def test_a_load_balancer_that_does_not_come_back(balanced: Lab) -> None:
    balanced.planned()
    scheduler(balanced).stuck_at = 1
    assert balanced.apply("--item-timeout", "400ms").code == 4
    assert "its deploy plan is IN_PROGRESS: 1 of 2 steps" in balanced.why("front")
    assert balanced.rollback("--item", KEY).code == 0
    assert networks(balanced) == ["dcos"] * 2


@pytest.mark.parametrize("choice", [("--item", KEY), ("--wave", "edgelb"), ("--all",)])
def test_back(balanced: Lab, choice: tuple[str, ...]) -> None:
    balanced.planned()
    assert balanced.apply().code == 0
    assert balanced.rollback(*choice).code == 0
    assert body(balanced) == pool("front")
    assert networks(balanced) == ["dcos"] * 2
    assert balanced.status()["items"][KEY]["state"] == "rolled-back"


def test_what_somebody_changed_since_is_not_taken_back_but_three_ways(balanced: Lab) -> None:
    balanced.planned()
    assert balanced.apply().code == 0
    change(balanced.cluster)
    assert balanced.rollback("--all").code == 1
    assert networks(balanced) == ["calico"] * 2
    assert balanced.rollback("--all", "--three-way").code == 0
    assert networks(balanced) == ["dcos"] * 2
    assert body(balanced)["haproxy"]["frontends"][0]["bindPort"] == 8080


def test_killed_in_mid_relaunch_it_is_sent_once(balanced: Lab) -> None:
    balanced.planned()
    scheduler(balanced).step = 0.2
    process = start(balanced)
    until(lambda: balanced.cluster.pool_updates)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert balanced.apply().code == 0
    assert len(balanced.served.writes()) == 1


def test_what_is_sent_is_shown(balanced: Lab) -> None:
    assert balanced.snapshot().code == 0
    page = balanced.path / "plan.html"
    result = balanced.plan("--diff", "--html", str(page))
    assert result.code == 0, result.errors
    assert "+++ b/edgelb/front.json" in result.text
    assert '+      "name": "calico"' in result.text
    assert KEY in page.read_text()
    shown = balanced.run("show", str(balanced.plan_path)).text
    assert "edgelb:front: edgelb-pool, 2 instances, 1 killed at once" in shown


def test_an_item_without_a_scheduler_is_refused(balanced: Lab) -> None:
    balanced.planned()
    balanced.change_plan(lambda plan: plan["items"][KEY].update(scheduler=None))
    result = balanced.apply()
    assert result.code == 3
    assert "a pool without a scheduler" in result.errors
