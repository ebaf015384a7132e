"""The update restarts every pod of the service that is on the network.

The scheduler compares the old and the new specification of each pod, networks included, and rolls those
that differ: tasks are killed and started again on the same agent with the same volumes. While it rolls,
some pods are on the old and some on the new network, which must be able to reach each other. Where several
tasks share a pod, the executor may survive with the old network.

Example: dcos cassandra plan status deploy

Follow the plan until it is complete, check that the pods' addresses are from the new network, and use ``pod
restart`` for those whose addresses are not.
"""

from calico_core.findings import Finding
from calico_core.rules import Findings, info
from calico_migrate.package.universe import parts
from calico_migrate.package.universe.subject import EditedPackage

RULE = info(__name__, source="mesosphere/dcos-commons DefaultConfigurationUpdater.java, PlanScheduler.java")


def check(package: EditedPackage) -> Findings:
    """Every service that a dcos-commons scheduler runs."""
    from calico_migrate.package import sdk

    if sdk.is_scheduler(package.template_text):
        yield package.finding(
            parts.CONFIG,
            RULE,
            f"an update of {package.content.name or 'the service'} restarts every pod that is on the network",
            hint="follow the plan until it is complete, and check the pods' addresses",
        )


def of_pods(names: str) -> Finding:
    """Which pods of an edited service specification restart."""
    return RULE.finding(
        f"updating the service restarts the pods on the network: {names}",
        hint="Watch the plan, and see that every pod's address changed.",
    )
