"""What Calico 3.14 refuses: the kinds of resources with their fields and checks.

A module stands for a kind or a concern; ``kinds()`` is their register.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_migrate.calico.validation.kind import Kind

API_VERSION = "projectcalico.org/v3"

OTHER_KINDS = frozenset(
    {
        "BGPConfiguration",
        "BGPPeer",
        "ClusterInformation",
        "KubeControllersConfiguration",
        "Node",
        "WorkloadEndpoint",
    }
)
"""What calicoctl 3.14 knows beyond the kinds that are checked here."""


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind whose resources are checked, by name."""
    from calico_migrate.calico.validation.felix import FELIX_CONFIGURATION
    from calico_migrate.calico.validation.host_endpoint import HOST_ENDPOINT
    from calico_migrate.calico.validation.network_set import GLOBAL_NETWORK_SET, NETWORK_SET
    from calico_migrate.calico.validation.policy import GLOBAL_NETWORK_POLICY, NETWORK_POLICY
    from calico_migrate.calico.validation.pool import IP_POOL
    from calico_migrate.calico.validation.profile import PROFILE

    return {
        kind.name: kind
        for kind in (
            FELIX_CONFIGURATION,
            GLOBAL_NETWORK_POLICY,
            GLOBAL_NETWORK_SET,
            HOST_ENDPOINT,
            IP_POOL,
            NETWORK_POLICY,
            NETWORK_SET,
            PROFILE,
        )
    }
