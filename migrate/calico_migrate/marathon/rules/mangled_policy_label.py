"""A policy label arrives in another spelling.

Under UCR, Calico's CNI plugin turns `/` into `.` and everything else that a label cannot hold into `-`, and
DC/OS compresses values of more than 63 bytes. A selector must name the result, not what stands here. Docker
does not change labels, so that one policy cannot name both.

Example:
    "labels": {"example.com/role": "web"}       arrives as  example.com.role == 'web'

Use keys and values that arrive as they are, or write the policies for what arrives.
"""

from calico_core.rules import Findings, warning
from calico_migrate.calico.labels import arriving, sanitise
from calico_migrate.marathon.parsed.marks import Mark
from calico_migrate.marathon.subject import Subject

RULE = warning(
    __name__,
    source="projectcalico/cni-plugin internal/pkg/utils/utils.go:331-353 (SanitizeMesosLabel);"
    " dcos/dcos packages/calico/extra/calico-cni-wrapper.go:89-110 (compressLongLabel)",
)
WATCHES = (Mark.POLICY_LABELS,)


def check(subject: Subject) -> Findings:
    """Each label of a UCR container that Calico sees in another spelling."""
    if subject.kind == "edgelb-pool" or not subject.on_calico or subject.runtime != "ucr":
        return
    may_collide = False
    for path, key, value in subject.network_labels():
        if not isinstance(value, str):
            continue
        arrived_key, arrived_value, problems = arriving(key, value, "ucr")
        may_collide = may_collide or arrived_key != key
        if not problems and (arrived_key != key or arrived_value != value):
            yield subject.finding(
                RULE,
                path,
                f"the label {key}={value} arrives as {arrived_key}={arrived_value}",
                hint="name that in selectors, or choose a key and value that arrive unchanged",
            )
    if may_collide:
        yield from _collisions(subject)


def _collisions(subject: Subject) -> Findings:
    """Keys of one network that become the same key."""
    for attachment in subject.planned.attachments:
        texts = {key: value for key, value in attachment.labels.items() if isinstance(value, str)}
        if attachment.entry is None or len(texts) < 2:
            continue
        for collision in sanitise(texts, "ucr").collisions:
            yield subject.finding(
                RULE,
                (*attachment.entry, "labels", collision.lost),
                f"the labels {collision.lost} and {collision.kept} both arrive as {collision.arrives_as},"
                " so that one of them is lost",
                hint="give them keys that stay different",
            )
