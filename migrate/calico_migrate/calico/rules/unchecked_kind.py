"""Calico knows this kind of resource, but its contents are not checked here.

The resources of the data plane's own making, BGP and nodes have no part in the move from the overlay.

Example:
    apiVersion: projectcalico.org/v3
    kind: BGPPeer

Check it with `calicoctl` itself, for instance with `calicoctl validate` of a later version.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__,
    Severity.INFO,
    source="projectcalico/calicoctl v3.14.0 calicoctl/resourcemgr",
)
