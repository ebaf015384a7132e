"""A new network is named here.

The place is where it should be. It counts as finished in the percentage.

Example:
    "networks": [{"mode": "container", "name": "calico"}]

Nothing has to be done.
"""

from calico_core.rules import Findings, info
from calico_migrate.survey.place import Place, State

RULE = info(
    __name__,
    source="the map that was given (`--map`)",
)


def check(place: Place) -> Findings:
    """A place in this state."""
    if place.state is State.DONE:
        yield RULE.finding(
            f"the network {place.network} is named here",
            line=place.line,
            column=place.column,
            pointer=place.pointer,
        )._replace(id=place.id)
