"""A network name written into the app of a template becomes the new name.

Some templates join the network by a name of their own instead of one from an option. In the rendered app the
name stands in ``networks[].name`` or in ``ipAddress.networkName``; it is replaced where the template has it.

Example:
    "networks": [{"mode": "container", "name": "dcos"}]
    "networks": [{"mode": "container", "name": "calico"}]

Consider an option for the name, so that the next move needs no new package.
"""

from calico_core.rules import info

RULE = info(
    __name__, source='DC/OS 2.2 documentation, Calico networking, "Replace Virtual Network with Calico"'
)
