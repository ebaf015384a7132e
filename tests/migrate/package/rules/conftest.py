"""The fixture of the tests of rules that look at whole packages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.migrate.package.telling import Teller

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Teller:
    """Tells what ``package`` says about files in a tree of the test's own."""
    return Teller(tmp_path / "tree", capfd)
