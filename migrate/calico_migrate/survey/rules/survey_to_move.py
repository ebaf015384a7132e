"""A command moves this place.

An old network is named here, or applies because nothing is named, in a definition, package or option file
that `calico-migrate marathon` or `calico-migrate package` rewrites byte for byte.

Example:
    "networks": [{"mode": "container", "name": "dcos"}]

Run the command that the hint gives; its paths are quoted for a shell.
"""

from calico_core.rules import Findings, warning
from calico_migrate.survey.place import Place, State

RULE = warning(
    __name__,
    source="DC/OS 2.2 documentation, Calico, Networking; see the rule of the edit itself",
)


def check(place: Place) -> Findings:
    """A place in this state."""
    if place.state is State.TO_MOVE:
        yield RULE.finding(
            f"the network {place.network} is named or applies here",
            hint=f"run `{place.how}`",
            line=place.line,
            column=place.column,
            pointer=place.pointer,
        )._replace(id=place.id)
