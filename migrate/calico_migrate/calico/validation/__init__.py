"""What Calico 3.14 refuses: the kinds of resources with their fields and checks.

A module stands for a kind or a concern; that of a kind is imported when a resource of it is met.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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


_HOMES = {
    "FelixConfiguration": ("felix", "FELIX_CONFIGURATION"),
    "GlobalNetworkPolicy": ("policy", "GLOBAL_NETWORK_POLICY"),
    "GlobalNetworkSet": ("network_set", "GLOBAL_NETWORK_SET"),
    "HostEndpoint": ("host_endpoint", "HOST_ENDPOINT"),
    "IPPool": ("pool", "IP_POOL"),
    "NetworkPolicy": ("policy", "NETWORK_POLICY"),
    "NetworkSet": ("network_set", "NETWORK_SET"),
    "Profile": ("profile", "PROFILE"),
}

KINDS = frozenset(_HOMES)
"""The kinds whose resources are checked."""


@cache
def kind_of(name: str) -> Kind:
    """The kind of that name, which is one of `KINDS`."""
    from importlib import import_module

    module, attribute = _HOMES[name]
    kind: Kind = getattr(import_module(f"{__name__}.{module}"), attribute)
    return kind
