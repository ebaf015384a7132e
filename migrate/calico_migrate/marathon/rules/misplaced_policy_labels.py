"""Policy labels stand where the container's runtime does not read them.

UCR takes the labels of a Calico endpoint from `networks[].labels`, Docker from `container.docker.parameters`
(`{"key": "label", "value": "org.projectcalico.label.role=web"}`). In the other runtime's place they have no
effect: Marathon passes only the name of a Docker app's network on, and UCR has no parameters. Policies then
see an endpoint without labels.

Example:
    "container": {"type": "DOCKER", "docker": {"image": "web"}},
    "networks": [{"name": "calico", "labels": {"role": "web"}}]

Run again with `--move-labels`, which converts them in both directions.
"""

from calico_core.rules import Findings, error
from calico_migrate.marathon.features import Feature
from calico_migrate.marathon.subject import Subject

RULE = error(
    __name__,
    source="DC/OS 2.2 documentation, Networking > Calico, Network policies;"
    " mesosphere/marathon ContainerSerializer.scala:76-82",
)
WATCHES = (Feature.POLICY_LABELS,)


def check(subject: Subject) -> Findings:
    """The labels of an app or pod on Calico that its runtime ignores; one finding per place."""
    if subject.kind not in ("app", "pod") or not subject.on_calico or subject.labels_moved:
        return
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
