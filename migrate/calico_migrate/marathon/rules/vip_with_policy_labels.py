"""A VIP and policy labels on one app: policies see another source address.

Connections through a VIP arrive from the tunnel address of the client's agent, not from the client, so that
a rule that selects clients by their labels does not match them; on the same agent they bypass the server's
ingress policy altogether.

Example:
    "portMappings": [{"containerPort": 80, "labels": {"VIP_0": "/web:80"}}],
    "networks": [{"name": "calico", "labels": {"role": "web"}}]

Let clients use `web.marathon.containerip.dcos.thisdcos.directory` instead of the VIP, or allow the network's
CIDR in the policy. `calico-migrate policy simulate` shows what a policy does to a VIP.
"""

from calico_core.rules import Findings, warning
from calico_migrate.marathon.parsed.marks import Mark
from calico_migrate.marathon.subject import Subject

RULE = warning(
    __name__,
    source="DC/OS 2.2 documentation, Networking > Calico, Default profile (L4LB and L7 proxy);"
    " dcos/dcos packages/dcos-net/extra/dcos-net.service (MASQUERADE)",
)
WATCHES = (Mark.VIPS,)


def check(subject: Subject) -> Findings:
    """Each VIP of an app or pod on Calico that carries policy labels."""
    if not subject.on_calico or not subject.has_policy_labels:
        return
    for path, key, _ in subject.record.vips:
        yield subject.finding(
            RULE,
            path,
            f"connections through {key} reach a policy with the address of an agent, not of the client",
            hint="let clients use the containerip name, or allow the network's CIDR in the policy",
        )
