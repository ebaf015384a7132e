"""Calico knows this kind of resource, but its contents are not checked here.

The resources of the data plane's own making, BGP and nodes have no part in the move from the overlay.

Example:
    apiVersion: projectcalico.org/v3
    kind: BGPPeer

Check it with `calicoctl` itself, for instance with `calicoctl validate` of a later version.
"""

from calico_core.rules import info

RULE = info(__name__, source="projectcalico/calicoctl v3.14.0 calicoctl/resourcemgr")
