"""An option is the name of a network, though its own name does not say so.

Its value arrives where the name of a network belongs, so that its default is changed. The paths that packages
use for such an option end in ``virtual_network_name``, ``virtual_network``, ``cni_network_name``,
``network-name``, ``network_name`` or ``virtual-network.name``; people and tools that look for those miss it.

Example:
    "overlay": {"type": "string", "default": "dcos"}
    "VIRTUAL_NETWORK_NAME": "{{service.overlay}}"

Give the option one of the usual names in the package's next major release.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__, Severity.WARNING, source="mesosphere/universe, names of network options in 185 packages"
)
