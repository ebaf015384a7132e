"""What a rolling restart does first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from calico_migrate.marathon import restarting
from calico_migrate.marathon.restarting import FirstStep, Strategy

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("count", "minimum", "over", "resident", "expected"),
    [
        (3, 1, 1, False, FirstStep(0, 6)),
        (3, 1, 0, False, FirstStep(0, 4)),
        (1, 0.5, 0, False, FirstStep(0, 2)),
        (4, 0.5, 0, True, FirstStep(2, 4)),
        (1, 0.5, 0, True, FirstStep(1, 1)),
        (1, 0, 0, False, FirstStep(1, 1)),
        (10, 0.9, 0.05, False, FirstStep(1, 10)),
    ],
)
def test_a_healthy_service(
    count: int, minimum: float, over: float, resident: bool, expected: FirstStep
) -> None:
    assert restarting.first_step(count, Strategy(minimum, over), resident=resident) == expected


def test_every_case_of_marathons_own_test(shared: Path) -> None:
    lines = (shared / "corpus" / "live" / "restart-strategy.tsv").read_text().splitlines()
    rows = [line.split("\t") for line in lines if line and line[0].isdigit()]
    for count, minimum, over, resident, current, healthy, kill, most in rows:
        found = restarting.first_step(
            int(count),
            Strategy(float(minimum), float(over)),
            resident=resident == "1",
            current=int(current),
            healthy=int(healthy),
        )
        assert found == FirstStep(int(kill), int(most))
    assert len(rows) >= 12


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("app", {}, 1),
        ("app", {"instances": 0}, 0),
        ("app", {"instances": True}, 1),
        ("app", {"instances": 3.0}, 3),
        ("app", {"instances": 2.5}, 1),
        ("app", {"instances": float("inf")}, 1),
        ("app", {"instances": float("nan")}, 1),
        ("app", {"instances": -3}, 0),
        ("pod", {"scaling": {"kind": "fixed", "instances": 4}}, 4),
        ("pod", {"scaling": "x"}, 1),
    ],
)
def test_instances(kind: str, value: dict[str, Any], expected: int) -> None:
    assert restarting.instances(kind, value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({}, Strategy(1, 1)),
        ({"container": {"volumes": [{"external": {"name": "v"}}]}}, Strategy(0.5, 0)),
        ({"upgradeStrategy": {"minimumHealthCapacity": 0}}, Strategy(0, 1)),
        ({"upgradeStrategy": {"minimumHealthCapacity": "x", "maximumOverCapacity": 7}}, Strategy(1, 1)),
    ],
)
def test_strategies(value: dict[str, Any], expected: Strategy) -> None:
    assert restarting.strategy("app", value) == expected
