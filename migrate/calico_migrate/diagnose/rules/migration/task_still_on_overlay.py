"""An app is defined on Calico, and its tasks still have overlay addresses.

Its deployment is not finished, or the tasks were never replaced.

Example:
    /shop/web is on calico, and 2 of its tasks have addresses of dcos

Look at the deployment in Marathon; `dcos marathon app restart ID` replaces the tasks.
"""

from collections.abc import Sequence

from calico_core.addresses import Range, parse_address
from calico_core.words import counted
from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.estate.workloads import OVERLAYS
from calico_migrate.diagnose.judgement import Findings, warning
from calico_migrate.diagnose.parsing.tasks import Task

RULE = warning(__name__, source="mesosphere/marathon deployments; apache/mesos network_infos", lists=True)


def check(estate: Estate) -> Findings:
    """Running tasks of apps and pods that name a Calico network."""
    master, state = estate.workloads.state
    by_app = estate.workloads.tasks_of_apps(state.tasks)
    nets = estate.parameters.facts.overlay_ranges
    for definition in estate.workloads.definitions:
        if not any(network in estate.calico_networks for network in definition.workload.networks):
            continue
        staying = [task for task in by_app.get(definition.id, ()) if _on_overlay(task, nets)]
        if staying:
            yield RULE.found(
                f"{definition.id} is defined on Calico, and {counted(len(staying), 'task')} of it still"
                f" {'has' if len(staying) == 1 else 'have'} overlay addresses",
                master.evidence(names.MASTER_STATE, None, f"{staying[0].id}: {staying[0].networks[0].name}"),
                definition.evidence(),
                hint=f"look at its deployment; `dcos marathon app restart {definition.id}` replaces the"
                f" tasks",
            )


def _on_overlay(task: Task, nets: Sequence[Range]) -> bool:
    if any(network.name in OVERLAYS for network in task.networks):
        return True
    return any(
        number is not None and any(net.first <= number <= net.last for net in nets)
        for network in task.networks
        for address in network.addresses
        for number in (parse_address(address),)
    )
