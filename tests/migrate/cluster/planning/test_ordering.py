"""`cluster plan --order FILE`: who starts first inside a wave."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_core.errors import UsageError
from calico_migrate.cluster.planning.ordering import Order
from tests.migrate.cluster.installing import ON, cassandra, plain
from tests.migrate.cluster.lab import app
from tests.support.standin import Cluster

if TYPE_CHECKING:
    from pathlib import Path

    from tests.migrate.cluster.lab import Lab
    from tests.support.command_line import Result


def plan(lab: Lab, text: str, *options: str) -> Result:
    """A plan without a canary, with an order that a file says."""
    path = lab.path / "order"
    path.write_text(text)
    return lab.plan("--order", str(path), "--canary", "none", *options)


def waves(lab: Lab) -> dict[str, list[str]]:
    return {wave["name"]: wave["items"] for wave in lab.read_plan()["waves"]}


def test_named_items_start_first_in_their_wave_and_in_no_other(lab: Lab) -> None:
    for name in ("/a", "/b", "/c", "/d"):
        lab.cluster.add(app(name))
    lab.cluster.add(app("/one", instances=1))
    lab.snapshot()
    assert plan(lab, "# ours\n/one\n\n  /d   # the smallest\r\nmarathon:/b\n").code == 0
    found = waves(lab)
    assert found["plain"] == ["marathon:/d", "marathon:/b", "marathon:/a", "marathon:/c"]
    assert found["stateful"] == ["marathon:/one"]
    assert lab.apply().code == 0
    sent = [event["item"] for event in lab.journal() if event["event"] == "intent"]
    assert sent == [*found["plain"], "marathon:/one"]


def test_what_a_named_item_depends_on_comes_before_it(lab: Lab) -> None:
    lab.cluster.add(app("/web", dependencies=["/db"]))
    lab.cluster.add(app("/db", dependencies=["/disk"]))
    lab.cluster.add(app("/disk"))
    lab.cluster.add(app("/a"))
    lab.cluster.add(app("/last"))
    lab.snapshot()
    assert plan(lab, "/web\n/last\n/disk\n").code == 0
    order = ["/disk", "/db", "/web", "/last", "/a"]
    assert waves(lab)["plain"] == [f"marathon:{name}" for name in order]


def test_an_unknown_id_is_refused_with_its_line(lab: Lab) -> None:
    lab.cluster.add(app("/shop/web"))
    lab.snapshot()
    done = plan(lab, "# ours\n/shop/wen\n")
    assert done.code == 2
    assert f"{lab.path / 'order'}:2: '/shop/wen' is no app, pod, job or pool of the snapshot" in done.errors
    assert "did you mean /shop/web" in done.errors
    assert not lab.plan_path.exists()
    assert "order:3: '/shop/web' is there already, in line 1" in plan(lab, "/shop/web\n#\n/shop/web").errors


def test_what_is_not_moved_is_passed_over_with_a_warning(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    lab.cluster.add(app("/host", networks=[{"mode": "host"}]))
    lab.cluster.add(app("/unchecked", healthChecks=[]))
    lab.cluster.add(app("/out"))
    lab.snapshot()
    done = plan(lab, "/host\n/unchecked\n/out\n/web\n", "--exclude", "/out", "--fail-on", "never")
    assert done.code == 0
    for number, name in enumerate(("/host", "/unchecked", "/out"), 1):
        assert f"warning: {lab.path / 'order'}:{number}: {name} is no item of the plan" in done.errors
    assert waves(lab) == {"plain": ["marathon:/web"]}


def test_an_id_of_several_marathons_needs_its_path(lab: Lab) -> None:
    lab.cluster.add(app("/web"))
    other = Cluster(start_delay=0.01, health_delay=0.01)
    other.add(app("/web"))
    lab.cluster.marathons["team"] = other
    assert lab.snapshot("--marathon", "marathon", "--marathon", "team").code == 0
    done = plan(lab, "/web\n")
    assert done.code == 2
    assert "'/web' is an item of several Marathons; name it as marathon:/web or team:/web" in done.errors
    assert plan(lab, "team:/web").code == 0
    assert waves(lab)["plain"] == ["team:/web", "marathon:/web"]


def test_a_file_that_cannot_be_read(lab: Lab, tmp_path: Path) -> None:
    lab.cluster.add(app("/web"))
    lab.snapshot()
    assert lab.plan("--order", str(tmp_path / "none")).code == 3


IDS = [f"marathon:/{letter}" for letter in "abcdef"]


@given(st.permutations(IDS), st.integers(0, 6), st.text("# \r\t", max_size=5))
def test_the_ranks_are_the_lines(ids: list[str], count: int, blank: str) -> None:
    text = "".join(f"{blank}\n{each}{blank}\n" for each in ids[:count] if not blank.startswith("#"))
    text = text or "\n".join(ids[:count])
    ranks = Order.parse(text, "order").ranks(IDS, IDS, pytest.fail)
    assert list(ranks) == ids[:count]
    assert list(ranks.values()) == list(range(count))


@given(st.text(max_size=30))
def test_any_text_is_an_order_or_refused(text: str) -> None:
    order = Order.parse(text, "order")
    if order.lines:
        with pytest.raises(UsageError) as refused:
            order.ranks((), (), pytest.fail)
        assert refused.value.line == order.lines[0][0]
    else:
        assert order.ranks((), (), pytest.fail) == {}


def test_a_package_is_one_item_and_not_its_app_too(lab: Lab) -> None:
    lab.cluster.install(cassandra(), ON)
    lab.cluster.install(plain(), {"service": {"name": "grafana"}})
    lab.snapshot()
    assert plan(lab, "/grafana\ncosmos:/cassandra\n").code == 0
    assert waves(lab)["packages"] == ["cosmos:/grafana", "cosmos:/cassandra"]


def test_a_package_that_stays_by_hand_is_passed_over(lab: Lab) -> None:
    lab.cluster.install(cassandra(), ON)
    lab.cluster.change("/cassandra", lambda body: body["env"].update(TUNED="yes"))
    lab.snapshot()
    done = plan(lab, "/cassandra\n")
    assert done.code == 1
    assert "order:1: /cassandra is no item of the plan" in done.errors
