"""The documentation's table of parameters has them all."""

from __future__ import annotations

from calico_config.parameters import PARAMETERS
from calico_migrate.documentation.parameters import parameters_page


def test_every_parameter_has_a_row() -> None:
    rows = [line for line in parameters_page().splitlines() if line.startswith("| `")]
    assert len(rows) == len(PARAMETERS)
    assert all(row.count(" | ") >= 4 for row in rows)
