"""A place in each state."""

from __future__ import annotations

from calico_migrate.survey.place import Place, State


def place(state: State) -> Place:
    """A place of an app."""
    how = "calico-migrate marathon -w -- a.json" if state is State.TO_MOVE else None
    return Place("a.json", 3, 7, state, "dcos", '"name": "dcos"', "app", "/networks/0/name", "/a", how)
