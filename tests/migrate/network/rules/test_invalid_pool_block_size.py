"""Block sizes that Calico refuses."""

from __future__ import annotations

import pytest

from calico_migrate.network.rules import invalid_pool_block_size
from calico_migrate.network.settings import GenerationSettings

WEB = GenerationSettings("web", "10.1.0.0/16")


def _messages(settings: GenerationSettings) -> list[str]:
    return [f"{finding.severity}: {finding.message}" for finding in invalid_pool_block_size.check(settings)]


@pytest.mark.parametrize("size", [20, 26, 32])
def test_sizes_that_are_fine(size: int) -> None:
    assert _messages(WEB._replace(block_size=size)) == []


@pytest.mark.parametrize("size", [-1, 0, 16, 19, 33, 122])
def test_sizes_that_are_not(size: int) -> None:
    assert _messages(WEB._replace(block_size=size)) == [
        f"error: the block size is {size}, but Calico takes 20 to 32"
    ]
