"""A policy label is one that Calico refuses.

Calico's labels are Kubernetes labels. Under Docker a single invalid one silently costs the container all of
its labels. Under UCR keys and values are sanitised first; what is still invalid then (an empty key, one that
begins or ends with a dot or an underscore, one of more than 63 characters) makes the launch fail.

Example:
    "parameters": [{"key": "label", "value": "org.projectcalico.label.team=a team"}]

Write keys and values of at most 63 letters, digits, `-`, `_` and `.`, beginning and ending with a letter or
digit; a value may be empty.
"""

from calico_core.rules import Findings, error
from calico_migrate.calico.labels import arriving
from calico_migrate.marathon.parsed.marks import Mark
from calico_migrate.marathon.subject import Subject

RULE = error(
    __name__,
    source="projectcalico/libcalico-go lib/validator/v3/validator.go:1220-1241;"
    " projectcalico/cni-plugin internal/pkg/utils/utils.go:331-353;"
    " mesosphere/libnetwork-plugin driver/network_driver.go (populateWorkloadEndpointWithLabels)",
)
WATCHES = (Mark.PARAMETERS_ON_CALICO, Mark.POLICY_LABELS)


def check(subject: Subject) -> Findings:
    """Each label that the endpoint cannot have, in the place that the runtime reads."""
    if subject.kind == "edgelb-pool" or not subject.on_calico:
        return
    docker = subject.runtime == "docker"
    for path, key, value in subject.parameter_labels() if docker else subject.network_labels():
        if not isinstance(value, str):
            continue
        for problem in arriving(key, value, "docker" if docker else "ucr")[2]:
            effect = "all labels of the container are lost" if docker else "the container does not start"
            yield subject.finding(
                RULE,
                path,
                f"Calico refuses the {problem.part} of the label {key!r}, because {problem.reason}; {effect}",
                hint="use letters, digits, '-', '_' and '.', at most 63, a letter or digit at both ends",
            )
