"""A VIP on Calico.

VIPs between containers on Calico work. They matter as soon as network policies are added: a policy sees the
address of the client's agent instead of the client.

Example:
    "portMappings": [{"containerPort": 80, "labels": {"VIP_0": "/web:80"}}]

Nothing has to be done now. Think of it when you write policies for this service.
"""

from calico_core.rules import Findings, info
from calico_migrate.marathon.parsed.marks import Mark
from calico_migrate.marathon.subject import Subject

RULE = info(
    __name__,
    source="DC/OS 2.2 documentation, Networking > Calico, Default profile;"
    " dcos/dcos packages/dcos-integration-test (test_calico_vip)",
)
WATCHES = (Mark.VIPS,)


def check(subject: Subject) -> Findings:
    """Each VIP of an app or pod on Calico without policy labels."""
    if not subject.on_calico or subject.has_policy_labels:
        return
    for path, key, _ in subject.record.vips:
        yield subject.finding(
            RULE,
            path,
            f"{key} works on Calico; policies will see the address of the client's agent",
            hint="think of it when you write policies for this service",
        )
