"""A stand-in cluster for each test that asks for one, and an environment without anybody's cluster."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.migrate.cluster.lab import Lab
from tests.support.standin import Cluster, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def _no_cluster_of_anybody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith("DCOS_") or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("DCOS_DIR", str(tmp_path / "no-dcos"))


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[Lab]:
    """An empty cluster that is served, and a directory of one's own."""
    with serving(Cluster(start_delay=0.01, health_delay=0.01)) as served:
        yield Lab(served, tmp_path)
