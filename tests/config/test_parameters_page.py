"""The documentation's table of parameters is generated, and current."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_config.parameters import PARAMETERS
from calico_config.parameters_page import parameters_page

if TYPE_CHECKING:
    from pathlib import Path


def test_the_page_in_the_documentation_is_current(root: Path) -> None:
    page = (root / "docs" / "parameters.md").read_text()
    assert page == parameters_page(), "docs/parameters.md is out of date: write what parameters_page() gives"


def test_every_parameter_has_a_row() -> None:
    rows = [line for line in parameters_page().splitlines() if line.startswith("| `")]
    assert len(rows) == len(PARAMETERS)
    assert all(row.count(" | ") >= 4 for row in rows)
