"""A policy label that `--move-labels` leaves where it is.

Moving a label to the other runtime's place must not change what policies see. UCR sanitises keys and values
and Docker does not, so that a label which one of them changes or refuses would not be the same; a label whose
key is in the other place already, with another value, is not overwritten; and a value that is no text, or a
definition without exactly one new network, gives nothing to move to.

Example:
    "networks": [{"name": "calico", "labels": {"example.com/role": "web"}}]      under Docker

Move such a label by hand, and adapt the policies that select it.
"""

from calico_core.rules import Findings, error
from calico_migrate.marathon.parsed.marks import Mark
from calico_migrate.marathon.subject import Subject

RULE = error(
    __name__,
    source="projectcalico/cni-plugin internal/pkg/utils/utils.go:331-353 (SanitizeMesosLabel);"
    " mesosphere/libnetwork-plugin driver/network_driver.go (populateWorkloadEndpointWithLabels)",
)
WATCHES = (Mark.UNMOVED_LABELS,)


def check(subject: Subject) -> Findings:
    """Each label that was to be moved and was not, with the reason."""
    for path, key, reason in subject.planned.unmoved:
        yield subject.finding(
            RULE,
            path,
            f"the label {key} stays, because {reason}",
            hint="move it by hand, and adapt the policies that select it",
        )
