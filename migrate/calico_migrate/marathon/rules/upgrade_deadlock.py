"""The deployment that moves the service can wait for ever.

Moving restarts every instance. Where all of them must stay healthy until new ones run
(`minimumHealthCapacity` 1), a new instance needs room beside the old ones. A fixed host port does not give it
on agents that run an old instance; a `maximumOverCapacity` of 0 allows one more instance at a time and no
more.

Example:
    "instances": 3,
    "container": {"portMappings": [{"containerPort": 80, "hostPort": 8080}]}

Have more agents than instances, or lower `minimumHealthCapacity` for the move; a deployment that hangs can
be reverted with `dcos marathon deployment rollback`.
"""

import math

from calico_core.rules import Findings, warning
from calico_migrate.marathon import restarting
from calico_migrate.marathon.parsed.marks import Mark
from calico_migrate.marathon.rules.resident_app import persistent_volume
from calico_migrate.marathon.subject import Subject

RULE = warning(
    __name__, source="mesosphere/marathon TaskReplaceActor.scala:342-389, AppConversion.scala:493-507"
)
WATCHES = (Mark.FIXED_HOST_PORT, Mark.STRATEGY)


def check(subject: Subject) -> Findings:
    """A service that moves, and whose old instances may have to make room that nobody makes."""
    if not subject.moved or subject.kind not in ("app", "pod"):
        return
    instances = restarting.instances(subject.kind, subject.value)
    healthy, over = restarting.strategy(subject.kind, subject.value)
    if instances < 1 or math.ceil(instances * healthy) < instances:
        return
    if persistent_volume(subject.value) is not None:
        return
    for path, port in restarting.fixed_host_ports((*subject.ports, *subject.record.endpoints)):
        yield subject.finding(
            RULE,
            path,
            f"host port {port} stays taken by the old instance, and all {instances} must stay healthy"
            if instances > 1
            else f"host port {port} stays taken by the old instance until the new one is healthy",
            hint="have more agents than instances, or lower minimumHealthCapacity for the move",
        )
    place, strategy = restarting.upgrade(subject.kind, subject.value)
    if strategy and math.floor(instances * (1 + over)) == instances:
        yield subject.finding(
            RULE,
            place,
            "all instances must stay healthy and none may be added but one at a time:"
            " without room for it the deployment waits for ever",
            hint="lower minimumHealthCapacity or raise maximumOverCapacity for the move",
        )
