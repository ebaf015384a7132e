"""The update restarts every pod of the service that is on the network.

The scheduler compares the old and the new specification of each pod, networks included, and rolls those
that differ: tasks are killed and started again on the same agent with the same volumes. While it rolls,
some pods are on the old and some on the new network, which must be able to reach each other. Where several
tasks share a pod, the executor may survive with the old network.

Example: dcos cassandra plan status deploy

Follow the plan until it is complete, check that the pods' addresses are from the new network, and use ``pod
restart`` for those whose addresses are not.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__,
    Severity.INFO,
    source="mesosphere/dcos-commons DefaultConfigurationUpdater.java, PlanScheduler.java",
)
