"""Something here breaks or changes when apps move.

Addresses of the overlay, names that resolve to the container or the agent, host ports of Docker apps and
whoever uses them mean something else on Calico.

Example:
    DATABASE=http://9.0.3.17:5432

Look at it before the app moves: use a VIP or a `containerip` name.
"""

from calico_core.rules import Findings, warning
from calico_migrate.survey.place import Place, State

RULE = warning(
    __name__,
    source="Calico 3.14 documentation, reference/faq; DC/OS 2.2 documentation, Mesos-DNS",
)


def check(place: Place) -> Findings:
    """A place in this state."""
    if place.state is State.DEPENDS:
        yield RULE.finding(
            place.why or "this depends on a network that moves",
            hint="look at it before the app moves",
            line=place.line,
            column=place.column,
            pointer=place.pointer,
        )._replace(id=place.id)
