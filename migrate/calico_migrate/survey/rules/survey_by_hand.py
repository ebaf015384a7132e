"""An old network is named where no command rewrites it.

Terraform, templates, scripts, Dockerfiles, documents and sources name networks too, and whoever runs them
puts the old network back. What stands there may depend on values from elsewhere, so that a person has to
change it.

Example:
    variable "network" { default = "dcos" }

Change the name by hand; where it has to stay, accept the place with a reason.
"""

from calico_core.rules import Findings, warning
from calico_migrate.survey.place import Place, State

RULE = warning(
    __name__,
    source="the module of the file's kind; `calico-migrate explain` prints its page",
)


def check(place: Place) -> Findings:
    """A place in this state."""
    if place.state is State.BY_HAND:
        yield RULE.finding(
            f"the network {place.network} is named here" + (f": {place.why}" if place.why else ""),
            hint=place.instead or "change it by hand",
            line=place.line,
            column=place.column,
            pointer=place.pointer,
        )._replace(id=place.id)
