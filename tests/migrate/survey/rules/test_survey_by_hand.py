from __future__ import annotations

import pytest

from calico_migrate.survey.place import State
from calico_migrate.survey.report import told
from tests.migrate.survey.rules.places import place

ID = "survey-by-hand"


def test_it_tells_such_a_place() -> None:
    (finding,) = told(place(State.BY_HAND))
    assert (finding.rule, finding.severity.value) == (ID, "warning")
    assert (finding.line, finding.column, finding.pointer, finding.id) == (3, 7, "/networks/0/name", "/a")
    assert "by hand" in finding.hint


@pytest.mark.parametrize("state", [state for state in State if state is not State.BY_HAND])
def test_it_says_nothing_of_others(state: State) -> None:
    assert ID not in [finding.rule for finding in told(place(state))]
