"""Policy labels stand where the container's runtime does not read them.

UCR takes the labels of a Calico endpoint from `networks[].labels`, Docker from `container.docker.parameters`
(`{"key": "label", "value": "org.projectcalico.label.role=web"}`). In the other runtime's place they have no
effect: Marathon passes only the name of a Docker app's network on, and UCR has no parameters. Among the app's
own `labels` neither of them looks. Policies then see an endpoint without labels.

Example:
    "container": {"type": "DOCKER", "docker": {"image": "web"}},
    "networks": [{"name": "calico", "labels": {"role": "web"}}]

Run again with `--move-labels`, which converts them in both directions.
"""

from calico_core.rules import Findings, error
from calico_migrate.calico.annotations import LABEL_PREFIX
from calico_migrate.marathon.parsed.marks import Mark
from calico_migrate.marathon.subject import Subject

RULE = error(
    __name__,
    source="DC/OS 2.2 documentation, Networking > Calico, Network policies;"
    " mesosphere/marathon ContainerSerializer.scala:76-82",
)
WATCHES = (Mark.PARAMETERS_ON_CALICO, Mark.POLICY_LABELS_ELSEWHERE)


def check(subject: Subject) -> Findings:
    """The labels of an app, pod or job on Calico that its runtime ignores; one finding per place."""
    if subject.kind == "edgelb-pool" or not subject.on_calico or subject.labels_moved:
        return
    own = [key for key in subject.labels if key.startswith(LABEL_PREFIX)]
    if own:
        shown = ", ".join(key[len(LABEL_PREFIX) :] for key in own)
        yield subject.finding(
            RULE,
            ("labels", own[0]),
            f"neither runtime reads policy labels among the labels of the {subject.kind} itself, so that"
            f" policies do not see {shown}",
            hint="--move-labels puts them where its runtime reads them",
        )
    if subject.runtime == "docker":
        for attachment in subject.planned.attachments:
            if attachment.labels and attachment.entry is not None:
                shown = ", ".join(attachment.labels)
                yield subject.finding(
                    RULE,
                    (*attachment.entry, "labels"),
                    f"Docker ignores the labels of a network, so that policies do not see {shown}",
                    hint="--move-labels turns them into docker parameters",
                )
        return
    for path, key, _ in subject.parameter_labels():
        yield subject.finding(
            RULE,
            path,
            f"UCR ignores docker parameters, so that policies do not see the label {key}",
            hint="--move-labels moves them to the network's labels",
        )
