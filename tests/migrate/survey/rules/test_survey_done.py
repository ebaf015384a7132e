from __future__ import annotations

import pytest

from calico_migrate.survey.place import State
from calico_migrate.survey.report import told
from tests.migrate.survey.rules.places import place

ID = "survey-done"


def test_it_tells_such_a_place() -> None:
    (finding,) = told(place(State.DONE))
    assert (finding.rule, finding.severity.value) == (ID, "info")
    assert (finding.line, finding.column, finding.pointer, finding.id) == (3, 7, "/networks/0/name", "/a")
    assert finding.hint == ""


@pytest.mark.parametrize("state", [state for state in State if state is not State.DONE])
def test_it_says_nothing_of_others(state: State) -> None:
    assert ID not in [finding.rule for finding in told(place(state))]
