"""The default of an option that names the old network becomes the new name.

An option of ``config.json`` whose default is ``dcos`` is the name of a network when its value arrives, in
the rendered Marathon app, in ``networks[].name``, in ``ipAddress.networkName`` or in an environment variable
that the service specification uses as a key below ``networks``, or when its path is one of the names that
packages use for it (``virtual_network_name``, ``virtual_network``, ``cni_network_name``, ``network-name``,
``network_name``, ``virtual-network.name``). Only the default's own characters are replaced. Flags that
switch virtual networks on stay as they are.

Example:
    "virtual_network_name": {"type": "string", "default": "dcos"}
    "virtual_network_name": {"type": "string", "default": "calico"}

Build and publish the package, then give running services their options, since those are stored: see the
rule stored-options.
"""

from calico_core.rules import info

RULE = info(
    __name__, source='DC/OS 2.2 documentation, Calico networking, "Replace Virtual Network with Calico"'
)
