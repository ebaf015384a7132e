"""A running service keeps this network.

Options and environments of an installed service are stored with it: a new definition of its package does not
change them, and what changes its app alone is put back by the next update of the package.

Example:
    "labels": {"DCOS_PACKAGE_OPTIONS": "eyJzZXJ2aWNlIjogey4uLn19"}

Give the service new options, with the file that `calico-migrate package --options-dir` writes.
"""

from calico_core.rules import Findings, warning
from calico_migrate.survey.place import Place, State

RULE = warning(
    __name__,
    source="dcos/cosmos PackageDefinitionRenderer.scala:140-159",
)


def check(place: Place) -> Findings:
    """A place in this state."""
    if place.state is State.RUNNING:
        yield RULE.finding(
            f"a running service keeps the network {place.network}" + (f": {place.why}" if place.why else ""),
            hint="give the service new options",
            line=place.line,
            column=place.column,
            pointer=place.pointer,
        )._replace(id=place.id)
