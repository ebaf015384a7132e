"""A Docker app has more than one container network.

Docker containers that Marathon starts have one network; with more, Marathon refuses the app ("may only
specify a single container network when using the Docker container engine"), and Calico's Docker plugin does
not support a container on two of its networks.

Example:
    "container": {"type": "DOCKER"},
    "networks": [{"name": "calico"}, {"name": "backend"}]

Keep one of the networks, or run the image under UCR, where an app can be on several.
"""

from calico_core.rules import Findings, error
from calico_migrate.marathon.parsed.marks import Mark
from calico_migrate.marathon.subject import Subject

RULE = error(
    __name__,
    source="mesosphere/marathon AppValidation.scala:427-432, 533-534; projectcalico/calicoctl issue 1031",
)
WATCHES = (Mark.DOCKER_NETWORKS,)

_WORDS = "may only specify a single container network when using the Docker container engine"


def check(subject: Subject) -> Findings:
    """A Docker app with several container networks left after the change."""
    if subject.kind == "app" and len(subject.networks) > 1 and subject.runtime == "docker":
        names = ", ".join("the default network" if name is None else name for name in subject.networks)
        yield subject.finding(
            RULE,
            ("networks",),
            f"Marathon would refuse this: {_WORDS}; it is on {len(subject.networks)}: {names}",
            hint="keep one of them, or run it under UCR (container type MESOS)",
        )
