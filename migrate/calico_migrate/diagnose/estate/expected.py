"""Which nodes the cluster should have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.undecided import Reason, UndecidedError

if TYPE_CHECKING:
    from calico_migrate.diagnose.estate.calico import CalicoNode
    from calico_migrate.diagnose.estate.estate import Estate


def known_addresses(estate: Estate) -> frozenset[str]:
    """The addresses of the bundle's machines, of Mesos' agents, and of etcd's members and the configured
    masters.

    Raises UndecidedError where Mesos' agents are not known.
    """
    found = {address for machine in estate.machines for address in machine.known_addresses}
    found |= estate.mesos_agents
    found |= set(estate.bundle.statuses)
    for machine in estate.masters:
        found |= machine.etcd_members_if_known
    found |= set(estate.parameters.masters)
    return frozenset(found)


def stale_nodes(estate: Estate) -> list[CalicoNode]:
    """The Node resources without a machine. Raises UndecidedError."""
    strangers = estate.strangers
    if strangers and estate.bundle.archive.incomplete and not estate.bundle.statuses:
        raise UndecidedError(names.HEALTH, Reason.CUT)
    known = known_addresses(estate)
    return [node for node in strangers if node.name not in known]


def living_nodes(estate: Estate) -> list[CalicoNode]:
    """The Node resources of machines that exist, in the bundle or by Mesos' word."""
    mapped = {node.name for node in estate.by_machine.values()}
    try:
        known = known_addresses(estate)
    except UndecidedError:
        known = frozenset()
    shared = {node.address for node in estate.by_machine.values()}
    return [
        node
        for node in estate.nodes
        if node.name in mapped or (node.name in known and node.address not in shared)
    ]


def shared_tunnels(estate: Estate) -> frozenset[str]:
    """The tunnel addresses that several Node resources have. Raises UndecidedError."""
    tunnels = [node.tunnel(estate.mode) for node in estate.nodes if node.tunnel(estate.mode)]
    return frozenset(tunnel for tunnel in tunnels if tunnels.count(tunnel) > 1)
