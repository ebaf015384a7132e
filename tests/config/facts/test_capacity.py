"""Blocks, nodes and tasks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_config.facts.capacity import blocks_of, need, prefix_for


@pytest.mark.parametrize(("prefix", "blocks"), [(16, 1024), (26, 1), (27, 0), (32, 0), (24, 4), (0, 1 << 26)])
def test_blocks_of(prefix: int, blocks: int) -> None:
    assert blocks_of(prefix) == blocks


@given(st.integers(1, 1 << 26))
def test_the_prefix_is_the_longest_with_room(blocks: int) -> None:
    prefix = prefix_for(blocks)
    assert prefix is not None
    assert blocks_of(prefix) >= blocks
    assert blocks_of(prefix + 1) < blocks


def test_more_than_ipv4_has() -> None:
    assert prefix_for((1 << 26) + 1) is None


@pytest.mark.parametrize(
    ("nodes", "tasks", "blocks"),
    [
        (5, 0, 5),
        (5, 100, 5),  # 40 addresses and the tunnel's on each node
        (10, 315, 10),  # 63 and the tunnel's: just one block
        (10, 320, 20),  # 64 and the tunnel's: two
        (40, 2000, 80),
        (0, 64, 2),
    ],
)
def test_need_doubles_the_tasks_for_a_deployment(nodes: int, tasks: int, blocks: int) -> None:
    assert need(nodes, tasks).blocks == blocks
