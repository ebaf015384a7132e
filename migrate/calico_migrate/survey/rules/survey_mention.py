"""The word stands here without a network around it.

The old network's name is also that of a program, a company, a user. Such places are counted, and listed with
`--mentions`.

Example:
    dcos marathon app list

Nothing has to be done, unless you know better.
"""

from calico_core.rules import Findings, info
from calico_migrate.survey.place import Place, State

RULE = info(
    __name__,
    source="what is a place: docs/commands/survey.md",
)


def check(place: Place) -> Findings:
    """A place in this state."""
    if place.state is State.MENTION:
        yield RULE.finding(
            f"{place.network} is only mentioned here",
            line=place.line,
            column=place.column,
            pointer=place.pointer,
        )._replace(id=place.id)
