"""A network gets its new name.

The name of a container network in `networks`, `networkNames`, `ipAddress.networkName`, `run.networks` or
`virtualNetworks` is one that the map (`--map OLD=NEW`) renames. Only whole names in these places count, so
that images, host names, environment and labels that contain the old name stay as they are.

Example:
    "networks": [{"mode": "container", "name": "dcos"}]      becomes
    "networks": [{"mode": "container", "name": "calico"}]

Send the whole definition to Marathon, which then restarts every instance on the new network.
"""

from calico_core.rules import info

RULE = info(
    __name__,
    source="DC/OS 2.2 documentation, Networking > Calico, Migrate Applications from DC/OS Overlay to Calico;"
    " mesosphere/marathon docs/docs/rest-api/public/api/v2/types/network.raml",
)
